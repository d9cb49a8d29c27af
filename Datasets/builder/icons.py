"""Pictograms: Material Design Icons and Font Awesome Free, from the PyPI package mkdocs-material.

An icon is one black shape. Each is drawn twice, as such shapes are used: in dark ink on nothing, and in white
on a coloured tile. The tile's colour comes from the icon's name, so that it says nothing about the label.
"""

import hashlib
import re
from collections.abc import Iterable

from .packages import python_package
from .picture import Picture
from .rendering import VectorText

SETS = ("material", "fontawesome/solid", "fontawesome/regular")
INK = "#202124"
TILES = ("#1565c0", "#2e7d32", "#c62828", "#6a1b9a", "#ef6c00", "#00838f", "#4e342e", "#37474f")
VARIANTS = re.compile(r"(-(outline|variant|alt|empty|off|simple|\d+))+$")
ROOT = re.compile(r'<svg [^>]*viewBox="([-\d. ]+)"[^>]*>(.*)</svg>', re.DOTALL)


def pictures() -> list[Picture]:
    """Every icon of the three sets; of aliases (the same shape under two names) the first name alone."""
    folder = python_package("material", "mkdocs-material") / "templates" / ".icons"
    names = sorted(
        f"{collection}/{path.stem}" for collection in SETS for path in (folder / collection).glob("*.svg")
    )
    shapes = without_aliases((name, (folder / f"{name}.svg").read_text()) for name in names)
    return [picture for name, svg in shapes for picture in in_palettes(name, svg)]


def without_aliases(shapes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first (name, svg) of each drawing; later names of the same drawing are aliases."""
    first: dict[str, str] = {}
    for name, svg in shapes:
        first.setdefault(svg.strip(), name)
    return [(name, svg) for svg, name in first.items()]


def in_palettes(name: str, svg: str) -> list[Picture]:
    file_name = name.replace("/", "-")
    return [
        Picture(
            f"images/pictograms/{file_name}-{palette}.png",
            "pictograms",
            "icons",
            name,
            group_of(name),
            VectorText(draw(svg, name), name),
        )
        for palette, draw in (("ink", inked), ("tile", tiled))
    ]


def group_of(name: str) -> str:
    """Outline, variant and crossed-out forms of an icon, and both collections, are one group."""
    return "icon-" + VARIANTS.sub("", name.rpartition("/")[2])


def inked(svg: str, _: str) -> str:
    """The shape in dark ink on nothing."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{design_square(svg)}" fill="{INK}">{shape(svg)}</svg>'
    )


def tiled(svg: str, name: str) -> str:
    """The shape in white, at two thirds of the side, on a rounded tile."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'
        f'<rect width="96" height="96" rx="14" fill="{tile_colour(name)}"/>'
        f'<svg x="16" y="16" width="64" height="64" viewBox="{design_square(svg)}" fill="#fff">'
        f"{shape(svg)}</svg></svg>"
    )


def shape(svg: str) -> str:
    return ROOT.search(svg).group(2)


def design_square(svg: str) -> str:
    """The view box of the square an icon was drawn in.

    Font Awesome 7 cuts its square of 640 units to the shape's width and to 512 units of height, which clips
    tall shapes such as bottles; this undoes the cut.
    """
    x, y, width, height = map(float, ROOT.search(svg).group(1).split())
    side = 640 if height == 512 else max(width, height)
    return f"{x - (side - width) / 2:g} {y - (side - height) / 2:g} {side:g} {side:g}"


def tile_colour(name: str) -> str:
    return TILES[hashlib.sha256(name.encode()).digest()[0] % len(TILES)]
