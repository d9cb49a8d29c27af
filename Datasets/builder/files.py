"""Image files: written whole or not at all, and their digests."""
import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .picture import Picture
from .progress import Progress

PARTIAL = ".partial"


def make_images(pictures: list[Picture], folder: Path, rebuild: bool) -> int:
    """Makes the images that are missing (all of them when `rebuild`), on every core; says how many."""
    wanted = [picture for picture in pictures if rebuild or not (folder / picture.image).exists()]
    for parent in {(folder / picture.image).parent for picture in wanted}:
        parent.mkdir(parents=True, exist_ok=True)
    progress = Progress(len(wanted))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        try:
            for _ in pool.map(lambda picture: make_image(picture, folder), wanted):
                progress.step()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    progress.finish()
    return len(wanted)


def make_image(picture: Picture, folder: Path) -> None:
    write_whole(folder / picture.image, picture.drawing.image_bytes())


def write_whole(path: Path, content: bytes) -> None:
    """Writes to a temporary name first, so that a file under its own name is always complete."""
    partial = path.with_name(path.name + PARTIAL)
    partial.write_bytes(content)
    partial.replace(path)


def share_images(pictures: list[Picture], origin: Path, folder: Path, rebuild: bool) -> None:
    """Gives `folder` the images that `origin` has: hard links, or copies across file systems."""
    for picture in pictures:
        source, target = origin / picture.image, folder / picture.image
        if target.exists() and not rebuild:
            continue
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


def digests(folder: Path, images: list[str]) -> dict[str, str]:
    """The SHA-256 of each image, in lower-case hexadecimal."""
    return {image: hashlib.sha256((folder / image).read_bytes()).hexdigest() for image in images}
