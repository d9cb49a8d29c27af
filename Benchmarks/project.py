"""A throw-away project that shares models, embeddings and images with the checkout, and runs `moderato` in it."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
MODERATO = CHECKOUT / ".build/release/moderato"
BENCH = CHECKOUT / ".build/release/moderato-bench"
MODEL = CHECKOUT / ".moderato/models/efficientnet-lite0.onnx"

LABELS = ["Alcohol", "Violence/Weapons", "Gambling", "Drugs"]
IMAGES = 2207


class Project:
    """A project in a temporary folder, gone with its context: datasets, experiments and trials of its own."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="moderato-bench-")
        self.root = Path(self._folder.name)
        for path in ["Experiments/base-models", ".moderato/models", ".moderato/python"]:
            self._share(path)
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    def _share(self, path):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).symlink_to((CHECKOUT / path).resolve())

    def share_embeddings(self):
        """Embeddings come from the checkout's cache, which keeps what is computed here."""
        (CHECKOUT / ".moderato/embeddings").mkdir(exist_ok=True)
        self._share(".moderato/embeddings")

    def dataset(self, name, records):
        """A dataset of manifest records whose images are those of `illustrations`."""
        folder = self.root / "Datasets" / name
        folder.mkdir(parents=True)
        (folder / "images").symlink_to((CHECKOUT / "Datasets/illustrations/images").resolve())
        (folder / "dataset.yaml").write_text(f'dataset: {name}\ntaxonomy: "6.1"\n')
        (folder / "manifest.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))

    def experiment(self, name, dataset, adapters, repeats, labels=LABELS):
        """The file of an experiment that divides images in half, at random, so many times."""
        file = self.root / "Experiments" / f"{name}.yaml"
        file.write_text(
            f"# A benchmark.\nexperiment: {name}\nproject: bench\nbase_model: imagenet-moderation\n"
            f"dataset: {dataset}\nlabels: [{', '.join(labels)}]\n"
            f"split: {{training: 0.5, test: 0.5, by: image, repeats: {repeats}, seed: 1}}\n"
            "allow_leaks: [near_duplicates]\nadapters:\n"
            + "".join(f"  - {adapter}\n" for adapter in adapters))
        return file

    def run(self, experiment, *options):
        """Seconds that `moderato run` takes, from its start as a process to its end."""
        started = time.perf_counter()
        self._call([MODERATO, "run", experiment, "--quiet", "--jobs", "2", *options])
        return time.perf_counter() - started

    def trials(self, experiment):
        """The finished trials as `moderato-bench trials` prints them: digests of the images, then the trials."""
        lines = self._call([BENCH, "trials", experiment, "--root", self.root]).splitlines()
        return json.loads(lines[0])["images"], [json.loads(line) for line in lines[1:]]

    def forget_trials(self):
        """Removes trials and reports; embeddings stay."""
        for path in [".moderato/trials", "Results"]:
            shutil.rmtree(self.root / path, ignore_errors=True)

    def forget_embeddings(self):
        """Removes the embeddings, which must be the project's own."""
        shutil.rmtree(self.root / ".moderato/embeddings", ignore_errors=True)

    def _call(self, command):
        ended = subprocess.run(command, cwd=self.root, capture_output=True, text=True)
        if ended.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {ended.returncode}:\n{ended.stderr}")
        return ended.stdout


def illustrations():
    """The manifest records of the dataset `illustrations`, without groups: every image is a unit by itself."""
    lines = (CHECKOUT / "Datasets/illustrations/manifest.jsonl").read_text().splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "group"} for line in lines]


def sweep_images():
    """2,207 illustrations of which everything is known: all that show one of the four labels, others evenly spaced."""
    def shows(record):
        return any(path == label or path.startswith(label + "/") for path in record["present"] for label in LABELS)

    known = [record for record in illustrations() if "unknown" not in record]
    positives = [record for record in known if shows(record)]
    others = [record for record in known if not shows(record)]
    wanted = IMAGES - len(positives)
    return positives + [others[index * len(others) // wanted] for index in range(wanted)]
