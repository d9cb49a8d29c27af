"""Open Clip Art Library: drawings in folders by topic, from the Debian package openclipart-png."""

import re
from pathlib import Path

from .packages import existing
from .picture import Picture
from .rendering import Scaled

FOLDER = Path("/usr/share/openclipart/png")


# A drawing's black-and-white copy and its numbered variants: coffee_bw_ganson, balloon1_03, frame4.
COPIES = re.compile(r"_bw(?=_|$)|_*\d+[a-z]?$|_+$")


def pictures() -> list[Picture]:
    folder = existing(FOLDER, "openclipart-png")
    files = (
        path for path in sorted(folder.rglob("*.png")) if not path.is_symlink()
    )  # links repeat a drawing
    return [picture(path, path.relative_to(folder).with_suffix("").as_posix()) for path in files]


def picture(path: Path, name: str) -> Picture:
    image, group = f"images/openclipart/{name}.png", f"openclipart-{COPIES.sub('', name)}"
    return Picture(image, "openclipart", "openclipart", name, group, Scaled(path, trimmed=True))
