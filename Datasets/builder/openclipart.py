"""Open Clip Art Library: drawings in folders by topic, from the Debian package openclipart-png."""
from pathlib import Path

from .packages import existing
from .picture import Picture
from .rendering import Scaled

FOLDER = Path("/usr/share/openclipart/png")


def pictures() -> list[Picture]:
    folder = existing(FOLDER, "openclipart-png")
    names = (path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.png")))
    return [
        Picture(f"images/openclipart/{name}.png", "openclipart", "openclipart", name,
                f"openclipart-{name}", Scaled(folder / f"{name}.png"))
        for name in names
    ]
