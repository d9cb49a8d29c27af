"""Where the project's files are, for the Python tests."""

import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "Scripts"
BASE_MODEL_FILE = ROOT / "Experiments/base-models/imagenet-moderation.yaml"
TAXONOMY_FILE = ROOT / "Sources/Moderation/Resources/taxonomy-v6.1.json"

sys.path.insert(0, str(SCRIPTS))


def base_model() -> dict:
    """The declared base model."""
    return yaml.safe_load(BASE_MODEL_FILE.read_text())


def model_path(declaration: dict) -> pathlib.Path:
    """The ONNX file that a declaration names, relative to itself."""
    return (BASE_MODEL_FILE.parent / declaration["file"]).resolve()
