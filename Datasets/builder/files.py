"""Image files: written whole or not at all, and their digests."""

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .picture import Picture
from .progress import Progress

PARTIAL = ".partial"


def outdated(pictures: list[Picture], folder: Path, expected: dict[str, str]) -> list[Picture]:
    """The pictures whose image is missing in `folder` or has another SHA-256 than expected."""
    return [
        picture
        for picture in pictures
        if not (path := folder / picture.image).exists() or digest(path) != expected.get(picture.image)
    ]


def make_images(pictures: list[Picture], folder: Path) -> None:
    """Makes the images of the pictures, on every core."""
    for parent in {(folder / picture.image).parent for picture in pictures}:
        parent.mkdir(parents=True, exist_ok=True)
    progress = Progress(len(pictures))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        try:
            for _ in pool.map(lambda picture: make_image(picture, folder), pictures):
                progress.step()
        except BaseException:  # ^C too: what waits is given up, what runs is finished
            pool.shutdown(cancel_futures=True)
            raise
    progress.finish()


def make_image(picture: Picture, folder: Path) -> None:
    """Writes to a temporary name first, so that an image under its own name is always complete."""
    path = folder / picture.image
    partial = path.with_name(path.name + PARTIAL)
    partial.write_bytes(picture.drawing.image_bytes())
    partial.replace(path)


def share_images(pictures: list[Picture], origin: Path, folder: Path) -> None:
    """Gives `folder` the images that `origin` has: hard links, or copies across file systems."""
    for picture in pictures:
        source, target = origin / picture.image, folder / picture.image
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + PARTIAL)
        partial.unlink(missing_ok=True)
        try:
            os.link(source, partial)
        except OSError:
            shutil.copyfile(source, partial)
        partial.replace(target)


def remove_others(folder: Path, images: set[str]) -> int:
    """Removes what earlier rules or a stopped build left under `images`; says how many files."""
    stale = [
        path
        for path in (folder / "images").rglob("*")
        if path.is_file() and path.relative_to(folder).as_posix() not in images
    ]
    for path in stale:
        path.unlink()
    return len(stale)


def digest(path: Path) -> str:
    """A file's SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
