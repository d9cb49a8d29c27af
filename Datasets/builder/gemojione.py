"""EmojiOne 2: SVG files named by code point, from the Debian package ruby-gemojione."""
from pathlib import Path

from .emoji import group_of, is_taken, without_selector
from .packages import existing
from .picture import Picture
from .rendering import Vector

GEMS = Path("/usr/share/rubygems-integration/all/gems")


def pictures() -> list[Picture]:
    folders = sorted(GEMS.glob("gemojione-*/assets/svg"))
    folder = existing(folders[-1] if folders else GEMS / "gemojione-*", "ruby-gemojione")
    found = []
    for path in sorted(folder.glob("*.svg")):
        code_points = without_selector(path.stem)
        if is_taken(code_points):
            image = f"images/gemojione/{code_points}.png"
            found.append(Picture(image, "gemojione", "emoji", code_points, group_of(code_points), Vector(path)))
    return found
