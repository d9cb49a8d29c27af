"""FreedroidRPG: items rendered in 3-D from all sides, from the Debian package freedroidrpg-data.

An item has 16 or 32 views; eight, evenly spaced, are taken. All views of an item are one group.
"""

from pathlib import Path

from .packages import existing
from .picture import Picture
from .rendering import Copied

FOLDER = Path("/usr/share/freedroidrpg/data/graphics/items")
VIEWS = 8


def pictures() -> list[Picture]:
    folder = existing(FOLDER, "freedroidrpg-data")
    items = sorted({path.parent for path in folder.rglob("portrait_*.jpg")})
    return [picture for item in items for picture in views(item, item.relative_to(folder).as_posix())]


def views(item: Path, name: str) -> list[Picture]:
    return [
        Picture(
            f"images/freedroid/{name}/{path.name}",
            "freedroid",
            "freedroid",
            name,
            f"freedroid-{name}",
            Copied(path),
        )
        for path in spread(sorted(item.glob("portrait_*.jpg")))
    ]


def spread(portraits: list) -> list:
    """At most eight of the views, evenly spaced over the turn."""
    return portraits[:: max(1, len(portraits) // VIEWS)][:VIEWS]
