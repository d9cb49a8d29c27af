"""Where the project's files are, for the Python tests."""

import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "Scripts"
BASE_MODELS = ROOT / "Experiments/base-models"
TAXONOMY_FILE = ROOT / "Sources/Moderation/Resources/taxonomy-v6.1.json"

sys.path.insert(0, str(SCRIPTS))


def base_model(name: str = "imagenet-moderation") -> dict:
    """A declared base model."""
    return yaml.safe_load((BASE_MODELS / f"{name}.yaml").read_text())


def model_path(declaration: dict) -> pathlib.Path:
    """The ONNX file that a declaration names, relative to itself."""
    return (BASE_MODELS / declaration["file"]).resolve()
