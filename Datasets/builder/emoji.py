"""Which emoji the datasets take: those of one code point, and the skin tones of the middle finger.

Flags, keycaps and sequences are left out: thousands of near-duplicates that teach nothing about moderation.
"""

import re
from pathlib import Path

from .picture import Picture
from .rendering import Drawing, Vector

SINGLE = re.compile(r"^[0-9A-F]{4,5}$")
MIDDLE_FINGER = "1F595"
TONES = [f"{tone:X}" for tone in range(0x1F3FB, 0x1F400)]


def vector_pictures(folder: Path, source: str) -> list[Picture]:
    """The emoji of a folder of SVG files named by code point."""
    named = ((without_selector(path.stem), path) for path in sorted(folder.glob("*.svg")))
    return [
        picture(source, code_points, Vector(path)) for code_points, path in named if is_taken(code_points)
    ]


def picture(source: str, code_points: str, drawing: Drawing) -> Picture:
    image = f"images/{source}/{code_points}.png"
    return Picture(image, source, "emoji", code_points, group_of(code_points), drawing)


def is_taken(code_points: str) -> bool:
    """Whether `1F37A` or `1F595-1F3FB` (hexadecimal, joined by hyphens) belongs to the datasets."""
    base, _, tone = code_points.partition("-")
    if tone:
        return base == MIDDLE_FINGER and tone in TONES
    return bool(SINGLE.match(base)) and not is_part_of_another(int(base, 16))


def is_part_of_another(code_point: int) -> bool:
    """Digits and signs of keycaps, joiners, letters of flags, and skin tones."""
    return (
        code_point < 0xA0
        or code_point in (0x200D, 0x20E3)
        or 0x1F1E6 <= code_point <= 0x1F1FF
        or 0x1F3FB <= code_point <= 0x1F3FF
    )


def without_selector(name: str) -> str:
    """`2694-FE0F` and `2694` are one emoji: the variation selector only asks for colour."""
    return name.removesuffix("-FE0F")


def group_of(code_points: str) -> str:
    """One group for a code point, whoever drew it and in whichever skin tone."""
    return "emoji-" + code_points.partition("-")[0].lower()
