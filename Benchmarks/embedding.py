"""Embedding every second image of `illustrations`, from files to vectors on disk."""

import subprocess
import sys
import time
from pathlib import Path

from project import CHECKOUT, MODEL, Project, illustrations
from rounds import Comparison, Ratio, alternate

ROUNDS = 3
SHARE = 2

PIPELINE = Path(__file__).resolve().parent / "pipeline.py"


def compare(rounds=ROUNDS):
    records = illustrations()[::SHARE]
    images = [str(CHECKOUT / "Datasets/illustrations" / record["image"]) for record in records]
    with Project() as project:
        project.dataset("some", records)
        file = project.experiment("embed", "some", ["{name: none, kind: none}"], 1, labels=["Violence/Weapons"])
        listing = project.root / "images.txt"
        listing.write_text("\n".join(images))

        def ours():
            project.forget_trials()
            project.forget_embeddings()
            return project.run(file)

        def pipeline():
            started = time.perf_counter()
            call("images", listing, project.root / "embeddings.npz")
            return time.perf_counter() - started

        seconds = alternate({
            "ours": ours, "Pillow and onnxruntime": pipeline,
            "ready tensors": lambda: float(call("tensors", str(len(images)))),
        }, rounds)
        what = f"{len(images):,} images: `moderato run` with an empty cache, files to report"
        return Comparison("Embedding illustrations, EfficientNet-Lite0", [
            Ratio(what, "Pillow + onnxruntime, 2 processes", seconds["ours"], seconds["Pillow and onnxruntime"], 1.3),
            Ratio(what, "ONNX Runtime on ready tensors, 2 processes", seconds["ours"], seconds["ready tensors"], 0.85),
        ])


def call(*arguments):
    """What the pipeline says, in a process of its own."""
    ended = subprocess.run([sys.executable, PIPELINE, MODEL, *arguments], capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"pipeline.py ended with {ended.returncode}:\n{ended.stderr}")
    return ended.stdout
