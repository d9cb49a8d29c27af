"""The datasets and how one is built: read the rules, make the images, compare with the manifest."""
import sys
from collections.abc import Callable
from pathlib import Path

from . import freedroid, gemojione, icons, noto, openclipart, openmoji, tuxpaint
from .errors import BuildError, MissingSource
from .files import digests, make_images, remove_others, share_images
from .manifest import Comparison, Record, compare, manifest_lines, read_lines, record
from .picture import Picture
from .rules import Rules, read_rules

HOME = Path(__file__).resolve().parent.parent
STICKERS: list[Callable[[], list[Picture]]] = [
    openmoji.pictures, noto.pictures, gemojione.pictures, icons.pictures,
]
DATASETS = {
    "stickers": STICKERS,
    "illustrations": [*STICKERS, openclipart.pictures, freedroid.pictures, tuxpaint.pictures],
}
EXAMPLES = 3


def build(name: str, rebuild: bool, update: bool) -> int:
    """Builds a dataset and returns the exit status: 0 when its images are those of its manifest, else 1."""
    folder = HOME / name
    selection = select(name, read_rules(HOME / "rules"))
    pictures = [picture for picture, _ in selection]
    made = make(name, pictures, folder, rebuild)
    removed = remove_others(folder, {picture.image for picture in pictures})
    lines = manifest_lines([record for _, record in selection], digests(folder, [p.image for p in pictures]))
    talk(f"{name}: {len(lines)} images, {made} made now" + (f", {removed} stale removed" if removed else ""))
    manifest = folder / "manifest.jsonl"
    if update:
        manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
        talk(f"{name}: wrote {manifest.relative_to(HOME.parent)}")
        return 0
    return report(name, compare(lines, read_lines(manifest)))


def select(name: str, rules: Rules) -> list[tuple[Picture, Record]]:
    """Every picture that the rules speak of, with what they say; sorted by image path."""
    try:
        pictures = [picture for source in DATASETS[name] for picture in source()]
    except MissingSource as error:
        raise BuildError(f"{error}; `make {name}` installs it and builds again") from error
    entries = [(picture, rules.entry(picture)) for picture in pictures]
    if unused := rules.unused({name for picture in pictures for name in (picture.family, picture.source)}):
        names = ", ".join(f"{entry.family} {entry.pattern}" for entry in unused)
        raise BuildError(f"{len(unused)} names in the rules match no picture: {names}")
    selection = [(picture, record(picture, entry)) for picture, entry in entries if entry]
    return sorted(selection, key=lambda pair: pair[0].image)


def make(name: str, pictures: list[Picture], folder: Path, rebuild: bool) -> int:
    """Makes the images; what another dataset has already is shared, not made again."""
    if name == "stickers":
        return make_images(pictures, folder, rebuild)
    shared = {picture.image for source in STICKERS for picture in source()}
    stickers = [picture for picture in pictures if picture.image in shared]
    made = make_images(stickers, HOME / "stickers", rebuild)
    share_images(stickers, HOME / "stickers", folder, rebuild)
    return made + make_images(pictures, folder, rebuild=False)


def report(name: str, difference: Comparison) -> int:
    if difference.is_empty():
        return 0
    kinds = {
        "are in the manifest but not built": difference.missing,
        "are built but not in the manifest": difference.added,
        "have another SHA-256 than in the manifest (another version of rsvg-convert, Pillow or a source)":
            difference.pixels,
        "are labelled otherwise by the rules than in the manifest": difference.annotation,
    }
    for what, images in kinds.items():
        if images:
            talk(f"{name}: {len(images)} images {what}, such as {', '.join(images[:EXAMPLES])}")
    talk(f"{name}: `--rebuild` makes the images anew, `--update-manifest` writes the manifest of what is there")
    return 1


def talk(line: str) -> None:
    print(line, file=sys.stderr)
