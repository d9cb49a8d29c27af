"""Tests of manifest lines, of comparing them, and of the table of counts."""

import unittest
from pathlib import Path

from .counts import counts_table, with_counts
from .errors import BuildError
from .manifest import Record, compare, manifest_lines, record
from .picture import Picture
from .rendering import Copied
from .rules import Annotation, Entry

BEER = Record("images/noto/1F37A.png", ("Alcohol/Alcoholic Beverages",), (), "emoji-beer-mug", "noto", ())
CUP = Record("images/noto/2615.png", (), ("Drugs",), "emoji-cup", "noto", ("look-alike:Alcohol",))


class LineTests(unittest.TestCase):
    def test_keys_stand_in_order_and_empty_ones_are_left_out(self):
        self.assertEqual(
            BEER.line("ab"),
            '{"image":"images/noto/1F37A.png","sha256":"ab","present":["Alcohol/Alcoholic Beverages"],'
            '"absent":"others","group":"emoji-beer-mug","source":"noto"}',
        )
        self.assertEqual(
            CUP.line("cd"),
            '{"image":"images/noto/2615.png","sha256":"cd","present":[],"absent":"others",'
            '"unknown":["Drugs"],'
            '"group":"emoji-cup","source":"noto","tags":["look-alike:Alcohol"]}',
        )

    def test_lines_are_sorted_by_image(self):
        self.assertEqual(manifest_lines([(CUP, "cd"), (BEER, "ab")]), [BEER.line("ab"), CUP.line("cd")])

    def test_object_names_the_group_within_a_manner_of_drawing(self):
        entry = Entry("material/beer", "icons", Annotation(), "beer-mug", "a rule")
        icon = Picture("images/a.png", "pictograms", "icons", "material/beer", "icon-beer", Copied(Path("a")))
        emoji = Picture("images/b.png", "noto", "emoji", "1F37A", "emoji-1f37a", Copied(Path("b")))
        self.assertEqual(record(icon, entry).group, "icon-beer-mug")
        self.assertEqual(record(emoji, entry).group, "emoji-beer-mug")

    def test_without_object_the_picture_knows_its_group(self):
        entry = Entry("1F*", "emoji", Annotation(look_alike=("Drugs",)), None, "a rule")
        emoji = Picture("images/b.png", "noto", "emoji", "1F33F", "emoji-1f33f", Copied(Path("b")))
        self.assertEqual(record(emoji, entry).group, "emoji-1f33f")
        self.assertEqual(record(emoji, entry).tags, ("look-alike:Drugs",))


class ComparisonTests(unittest.TestCase):
    def test_equal_lines_do_not_differ(self):
        lines = [BEER.line("ab"), CUP.line("cd")]
        self.assertTrue(compare(lines, list(reversed(lines))).is_empty())

    def test_each_difference_has_its_kind(self):
        relabelled = Record(CUP.image, (), (), CUP.group, CUP.source, CUP.tags)
        found = compare([BEER.line("ff"), relabelled.line("cd")], [BEER.line("ab"), CUP.line("cd")])
        self.assertEqual(found.pixels, [BEER.image])
        self.assertEqual(found.annotation, [CUP.image])
        self.assertEqual((found.missing, found.added), ([], []))

    def test_missing_and_added_images(self):
        found = compare([BEER.line("ab")], [CUP.line("cd")])
        self.assertEqual((found.missing, found.added), ([CUP.image], [BEER.image]))
        self.assertEqual((found.pixels, found.annotation), ([], []))

    def test_broken_line_is_an_error(self):
        for line in ("<<<<<<< HEAD", "[]", "{}"):
            with self.assertRaisesRegex(BuildError, "no image's record"):
                compare([], [line])


class CountsTests(unittest.TestCase):
    def test_table_counts_images_by_source_and_groups(self):
        table = counts_table([BEER.line("ab"), CUP.line("cd")], ("openmoji", "noto"))
        self.assertIn("| Alcohol/Alcoholic Beverages |  | 1 | 1 | 1 |", table)
        self.assertIn("| look-alike:Alcohol |  | 1 | 1 | 1 |", table)
        self.assertIn("| unknown: Drugs |  | 1 | 1 | 1 |", table)
        self.assertIn("| all |  | 2 | 2 | 2 |", table)

    def test_table_replaces_what_stands_between_the_markers(self):
        card = "before\n<!-- counts -->\nold\n<!-- end of counts -->\nafter\n"
        self.assertEqual(
            with_counts(card, "new"), "before\n<!-- counts -->\nnew\n<!-- end of counts -->\nafter\n"
        )


if __name__ == "__main__":
    unittest.main()
