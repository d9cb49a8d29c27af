"""EmojiOne 2: SVG files named by code point, from the Debian package ruby-gemojione."""

from pathlib import Path

from .emoji import vector_pictures
from .packages import existing
from .picture import Picture

GEMS = Path("/usr/share/rubygems-integration/all/gems")


def pictures() -> list[Picture]:
    folders = sorted(GEMS.glob("gemojione-*/assets/svg"))
    folder = existing(folders[-1] if folders else GEMS / "gemojione-*", "ruby-gemojione")
    return vector_pictures(folder, "gemojione")
