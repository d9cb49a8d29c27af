"""The label rules: readable files that say, by name, what is in an image.

A file holds rules. A rule says what holds for its images (`present`, `unknown`, `look_alike`) and which they
are: named `objects`, whose images drawn in one manner stay together, and `each`, whose images are one object
each. Names are separated by white space; `*` and `?` match as in a shell. A plain name wins over a pattern,
a longer pattern over a shorter. `leave_out` keeps images out of the datasets.

What `joined` holds are groups, a line each for those that are one.
"""

import fnmatch
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .errors import BuildError
from .picture import Picture
from .taxonomy import LABELS, expanded, parent

FAMILIES = ("emoji", "openmoji", "noto", "gemojione", "icons", "openclipart", "freedroid", "tuxpaint")
KEYS = {"about", "present", "unknown", "look_alike", "leave_out", "objects", "each"}


@dataclass(frozen=True)
class Annotation:
    """What a rule says of its images. Every label that is neither present nor unknown is absent."""

    present: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    look_alike: tuple[str, ...] = ()
    is_left_out: bool = False


@dataclass(frozen=True)
class Entry:
    """One name or pattern of a rule; `object_name` is nothing where each is its own."""

    pattern: str
    family: str
    annotation: Annotation
    object_name: str | None
    place: str


class Rules:
    """All rules of a folder, asked for one picture at a time."""

    def __init__(self, entries: dict[str, list[Entry]], joined: dict[str, str] | None = None):
        self.names = {family: by_name(found) for family, found in entries.items()}
        self.patterns = {
            family: [
                (re.compile(fnmatch.translate(entry.pattern)), entry) for entry in found if is_pattern(entry)
            ]
            for family, found in entries.items()
        }
        self.used: set[Entry] = set()
        self.joined = joined or {}

    def entry(self, picture: Picture) -> Entry | None:
        """The one entry that speaks of the picture, or nothing when the datasets leave it out."""
        entry = self.named(picture) or self.matching(picture)
        if not entry:
            return None
        self.used.add(entry)
        return None if entry.annotation.is_left_out else entry

    def named(self, picture: Picture) -> Entry | None:
        """A plain name; one vendor's drawing (`noto`) goes before the emoji of all vendors."""
        own = self.names.get(picture.source, {}).get(picture.name)
        return own or self.names.get(picture.family, {}).get(picture.name)

    def matching(self, picture: Picture) -> Entry | None:
        found = [entry for shape, entry in self.patterns.get(picture.family, []) if shape.match(picture.name)]
        if not found:
            return None
        longest = max(len(entry.pattern) for entry in found)  # the more exact pattern wins
        best = [entry for entry in found if len(entry.pattern) == longest]
        if len(best) > 1:
            raise BuildError(
                f"{picture.family} {picture.name} is matched by {best[0].place} and {best[1].place}"
            )
        return best[0]

    def unused(self, families: set[str]) -> list[Entry]:
        """The entries of these families that spoke of no picture: misspelled, or gone from the source."""
        named = [entry for family in sorted(families) for entry in self.names.get(family, {}).values()]
        matching = [entry for family in sorted(families) for _, entry in self.patterns.get(family, [])]
        return [entry for entry in named + matching if entry not in self.used]


def read_rules(folder: Path) -> Rules:
    entries: dict[str, list[Entry]] = {family: [] for family in FAMILIES}
    joined: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise BuildError(f"{path.name}: {error}") from error
        for rule in content.get("rule", []):
            add_rule(rule, path.name, entries)
        for lines in content.get("joined", {}).values():
            add_joined(lines, path.name, joined)
    return Rules(entries, joined)


def add_joined(lines: str, file_name: str, joined: dict[str, str]) -> None:
    """The groups of each line become the first of them."""
    for groups in map(str.split, lines.splitlines()):
        for group in groups:
            if group in joined:
                raise BuildError(f"{file_name}: the group {group} is joined twice")
            joined[group] = groups[0]


def add_rule(rule: dict, file_name: str, entries: dict[str, list[Entry]]) -> None:
    place = f"{file_name} ({rule.get('about', 'a rule without `about`')})"
    if unexpected := sorted(set(rule) - KEYS):
        raise BuildError(f"{place}: unknown key {unexpected[0]}; allowed are {', '.join(sorted(KEYS))}")
    annotation = annotate(rule, place)
    groups = [(None, rule.get("each", {})), *rule.get("objects", {}).items()]
    for name, families in groups:
        for family, names in families.items():
            if family not in FAMILIES:
                raise BuildError(f"{place}: unknown source {family}; allowed are {', '.join(FAMILIES)}")
            entries[family] += [Entry(word, family, annotation, name, place) for word in names.split()]


def annotate(rule: dict, place: str) -> Annotation:
    """What a rule says, with patterns of labels written out and what follows from the tree added."""
    present, unknown, look_alike = (
        expanded(rule.get(key, ())) for key in ("present", "unknown", "look_alike")
    )
    for label in (*present, *unknown, *look_alike):
        if label not in LABELS:
            raise BuildError(f"{place}: {label} is not a label of the taxonomy")
    implied = {parent(label) for label in present}
    undecided = {*unknown, *(parent(label) for label in unknown)} - {None, *present, *implied}
    said = (tuple(sorted(labels)) for labels in (present, undecided, look_alike))
    return Annotation(*said, is_left_out=rule.get("leave_out", False))


def is_pattern(entry: Entry) -> bool:
    return any(sign in entry.pattern for sign in "*?[")


def by_name(entries: list[Entry]) -> dict[str, Entry]:
    plain: dict[str, Entry] = {}
    for entry in entries:
        if is_pattern(entry):
            continue
        if earlier := plain.get(entry.pattern):
            raise BuildError(f"{entry.pattern} is named twice, in {earlier.place} and {entry.place}")
        plain[entry.pattern] = entry
    return plain
