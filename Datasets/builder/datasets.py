"""The datasets and how one is built: read the rules, make the images, compare with the manifest."""

import sys
from collections.abc import Callable
from pathlib import Path

from . import freedroid, gemojione, icons, noto, openclipart, openmoji, tuxpaint
from .counts import counts_table, with_counts
from .errors import BuildError, MissingSource
from .files import digest, make_images, outdated, remove_others, share_images
from .manifest import Comparison, Record, compare, group_of, manifest_lines, read_digests, read_lines, record
from .picture import Picture
from .rules import Rules, read_rules

HOME = Path(__file__).resolve().parent.parent
SOURCES: dict[str, Callable[[], list[Picture]]] = {
    "openmoji": openmoji.pictures,
    "noto": noto.pictures,
    "gemojione": gemojione.pictures,
    "pictograms": icons.pictures,
    "openclipart": openclipart.pictures,
    "freedroid": freedroid.pictures,
    "tuxpaint": tuxpaint.pictures,
}
STICKERS = ("openmoji", "noto", "gemojione", "pictograms")
DATASETS = {"stickers": STICKERS, "illustrations": tuple(SOURCES)}
EXAMPLES = 3


def build(name: str, update: bool) -> int:
    """Builds a dataset and returns the exit status: 0 when its images are those of its manifest, else 1."""
    folder = HOME / name
    committed = read_lines(folder / "manifest.jsonl")
    selection = select(name, read_rules(HOME / "rules"))
    pictures = [picture for picture, _ in selection]
    made = make(name, pictures, folder, expected={} if update else read_digests(committed))
    removed = remove_others(folder, {picture.image for picture in pictures})
    talk(f"{name}: {count(pictures)}, {made} made now" + (f", {removed} stale removed" if removed else ""))
    lines = manifest_lines((record, digest(folder / picture.image)) for picture, record in selection)
    if update:
        write(name, lines)
        return 0
    return report(name, compare(lines, committed))


def select(name: str, rules: Rules) -> list[tuple[Picture, Record]]:
    """Every picture that the rules speak of, with what they say; sorted by image path."""
    try:
        pictures = [picture for source in DATASETS[name] for picture in SOURCES[source]()]
    except MissingSource as error:
        raise BuildError(f"{error}; `make {name}` installs it and builds again") from error
    entries = [(picture, rules.entry(picture)) for picture in pictures]
    if unused := rules.unused({name for picture in pictures for name in (picture.family, picture.source)}):
        names = ", ".join(f"{entry.family} {entry.pattern}" for entry in unused)
        raise BuildError(f"{len(unused)} names in the rules match no picture: {names}")
    selection = [(picture, record(picture, entry, rules.joined)) for picture, entry in entries if entry]
    check_joined(rules.joined, [group_of(picture, entry) for picture, entry in entries if entry])
    return sorted(selection, key=lambda pair: pair[0].image)


def check_joined(joined: dict[str, str], groups: list[str]) -> None:
    """Every group that is joined exists, as far as groups of its family do."""
    families = {group.partition("-")[0] for group in groups}
    expected = {group for group in joined if group.partition("-")[0] in families}
    if missing := sorted(expected - set(groups)):
        raise BuildError(f"{len(missing)} joined groups have no picture: {', '.join(missing)}")


def make(name: str, pictures: list[Picture], folder: Path, expected: dict[str, str]) -> int:
    """Makes the images that are not as expected and says how many; stickers are made once and shared."""
    try:
        if name == "stickers":
            return make_outdated(pictures, folder, expected)
        stickers = [picture for picture in pictures if picture.source in STICKERS]
        made = make_outdated(stickers, HOME / "stickers", expected)
        share_images(outdated(stickers, folder, expected), HOME / "stickers", folder)
        others = [picture for picture in pictures if picture.source not in STICKERS]
        return made + make_outdated(others, folder, expected)
    except MissingSource as error:
        raise BuildError(f"{error}; `make {name}` installs it and builds again") from error


def make_outdated(pictures: list[Picture], folder: Path, expected: dict[str, str]) -> int:
    wanted = outdated(pictures, folder, expected)
    make_images(wanted, folder)
    return len(wanted)


def write(name: str, lines: list[str]) -> None:
    """Writes the manifest, and the table of counts into the card."""
    manifest, card = HOME / name / "manifest.jsonl", HOME / name / "CARD.md"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = counts_table(lines, DATASETS[name])
    card.write_text(with_counts(card.read_text(encoding="utf-8"), table), encoding="utf-8")
    talk(f"{name}: wrote manifest.jsonl and the counts in CARD.md")


def report(name: str, difference: Comparison) -> int:
    """Says on standard error how the build differs from the manifest; returns the exit status."""
    kinds = {
        "in the manifest but not built": difference.missing,
        "built but not in the manifest": difference.added,
        "another SHA-256 than in the manifest (other versions of the packages?)": difference.pixels,
        "labelled otherwise by the rules than in the manifest": difference.annotation,
    }
    for what, images in kinds.items():
        if images:
            talk(f"{name}: {what}: {count(images)}, such as {', '.join(images[:EXAMPLES])}")
    if difference.is_empty():
        return 0
    talk(f"{name}: `--update-manifest` writes the manifest of these images")
    return 1


def count(images: list) -> str:
    return f"{len(images)} image" + ("" if len(images) == 1 else "s")


def talk(line: str) -> None:
    print(line, file=sys.stderr)
