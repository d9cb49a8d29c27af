"""Tux Paint stamps: photo cut-outs and drawings by topic, from the Debian package tuxpaint-stamps-default."""

from pathlib import Path

from .packages import existing
from .picture import Picture
from .rendering import Scaled

FOLDER = Path("/usr/share/tuxpaint/stamps")
MIRRORED = ("_mirror", "_flip", "_mirror_flip")


def pictures() -> list[Picture]:
    folder = existing(FOLDER, "tuxpaint-stamps-default")
    names = (path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.png")))
    return [
        Picture(
            f"images/tuxpaint/{name}.png",
            "tuxpaint",
            "tuxpaint",
            name,
            group_of(name),
            Scaled(folder / f"{name}.png"),
        )
        for name in names
    ]


def group_of(name: str) -> str:
    """A stamp and its mirror image are one group."""
    for suffix in sorted(MIRRORED, key=len, reverse=True):
        name = name.removesuffix(suffix)
    return f"tuxpaint-{name}"
