"""What the benchmarks run on: machine and versions, for the results. No name of a host, no path."""

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

from project import CHECKOUT, MODERATO

PACKAGES = [
    "numpy", "scipy", "scikit-learn", "onnxruntime", "pillow", "hydra-core", "hydra-joblib-launcher", "dvc", "snakemake",
]


def description():
    """Processor, cores and memory."""
    facts = Path("/proc/cpuinfo").read_text()
    processor = next((line.split(":")[1].strip() for line in facts.splitlines() if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": processor, "cores": len(os.sched_getaffinity(0)), "memory": f"{memory:.0f} GiB",
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
    }


def versions():
    """Versions of everything that is compared."""
    return {
        "moderato": first_line([MODERATO, "--version"]),
        "swift": first_line(["swift", "--version"]),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
    }


def commit():
    """The commit whose sources were measured, and whether they were changed since."""
    git = ["git", "-C", CHECKOUT]
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "Sources", "Package.swift"]).returncode
    return first_line([*git, "rev-parse", "--short", "HEAD"]) + (" with changes" if changed else "")


def first_line(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
