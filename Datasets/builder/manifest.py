"""The manifest: one JSON object per line and image, sorted by image path."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import BuildError
from .picture import Picture
from .rules import Entry

TAG = "look-alike:"
# Drawings of one object in one manner are a group: emoji of all vendors, or icons of both collections. An
# emoji and an icon of the same object share the idea, not the drawing, and are two groups.
PREFIXES = {"icons": "icon"}


@dataclass(frozen=True)
class Record:
    """A line of the manifest, without the digest of its image."""

    image: str
    present: tuple[str, ...]
    unknown: tuple[str, ...]
    group: str
    source: str
    tags: tuple[str, ...]

    def line(self, digest: str) -> str:
        fields = {"image": self.image, "sha256": digest, "present": self.present, "absent": "others"}
        fields |= {"unknown": self.unknown} if self.unknown else {}
        fields |= {"group": self.group, "source": self.source}
        fields |= {"tags": self.tags} if self.tags else {}
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def record(picture: Picture, entry: Entry, joined: Mapping[str, str] | None = None) -> Record:
    """What the rules say of a picture, as a record; `joined` names groups that are part of another."""
    said = entry.annotation
    return Record(
        image=picture.image,
        present=said.present,
        unknown=said.unknown,
        group=(joined or {}).get(group := group_of(picture, entry), group),
        source=picture.source,
        tags=tuple(TAG + label for label in said.look_alike),
    )


def group_of(picture: Picture, entry: Entry) -> str:
    """The object the rules name, in the picture's manner of drawing, or else the picture's own group."""
    if entry.object_name is None:
        return picture.group
    return f"{PREFIXES.get(picture.family, picture.family)}-{entry.object_name}"


def manifest_lines(records: Iterable[tuple[Record, str]]) -> list[str]:
    """The lines of (record, SHA-256) pairs, sorted by image path."""
    return [one.line(digest) for one, digest in sorted(records, key=lambda pair: pair[0].image)]


@dataclass(frozen=True)
class Comparison:
    """How what was built differs from the manifest; every field lists image paths, sorted."""

    missing: list[str]  # in the manifest, not built
    added: list[str]  # built, not in the manifest
    pixels: list[str]  # another SHA-256
    annotation: list[str]  # the same image, but the rules now say something else

    def is_empty(self) -> bool:
        return not (self.missing or self.added or self.pixels or self.annotation)


def compare(built: list[str], committed: list[str]) -> Comparison:
    """Compares manifest lines as built with the lines of the committed manifest."""
    new, old = by_image(built), by_image(committed)
    both = sorted(new.keys() & old.keys())
    return Comparison(
        missing=sorted(old.keys() - new.keys()),
        added=sorted(new.keys() - old.keys()),
        pixels=[image for image in both if new[image]["sha256"] != old[image]["sha256"]],
        annotation=[image for image in both if said(new[image]) != said(old[image])],
    )


def by_image(lines: list[str]) -> dict[str, dict]:
    """Image path to the fields of its line."""
    try:
        return {fields["image"]: fields for fields in map(json.loads, lines)}
    except (ValueError, TypeError, KeyError) as error:
        raise BuildError(f"the manifest holds a line that is no image's record ({error})") from error


def said(fields: dict) -> dict:
    return {key: value for key, value in fields.items() if key != "sha256"}


def read_digests(lines: list[str]) -> dict[str, str]:
    """Image path to SHA-256."""
    return {image: fields["sha256"] for image, fields in by_image(lines).items()}


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
