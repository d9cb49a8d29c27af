"""Tests of the label rules: which entry speaks of a picture, and what it says."""

import tempfile
import unittest
from pathlib import Path

from .datasets import check_joined
from .errors import BuildError
from .manifest import record
from .picture import Picture
from .rendering import Copied
from .rules import Annotation, Rules, read_rules

RULES = """
[[rule]]
about = "beer"
present = ["Alcohol/Alcoholic Beverages"]
[rule.objects]
beer-mug = {emoji = "1F37A 1F37B", icons = "material/beer"}

[[rule]]
about = "all others"
[rule.each]
emoji = "1F*"
openclipart = "tools/*"

[[rule]]
about = "pens"
look_alike = ["Violence/Weapons"]
[rule.each]
openclipart = "tools/pen_*"
"""


def rules(text: str) -> Rules:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rules.toml").write_text(text, encoding="utf-8")
        return read_rules(Path(folder))


def picture(name: str, family: str = "emoji", source: str = "openmoji") -> Picture:
    return Picture(
        f"images/{source}/{name}.png", source, family, name, f"{family}-{name}", Copied(Path(name))
    )


class MatchingTests(unittest.TestCase):
    def test_plain_name_goes_before_pattern(self):
        self.assertEqual(rules(RULES).entry(picture("1F37A")).object_name, "beer-mug")
        self.assertIsNone(rules(RULES).entry(picture("1F37C")).object_name)

    def test_longer_pattern_goes_before_shorter(self):
        entry = rules(RULES).entry(picture("tools/pen_01", "openclipart", "openclipart"))
        self.assertEqual(entry.annotation.look_alike, ("Violence/Weapons",))

    def test_one_vendors_drawing_goes_before_the_emoji_of_all(self):
        found = rules(RULES + '[[rule]]\nunknown = ["Alcohol/*"]\n[rule.each]\nnoto = "1F37A"\n')
        self.assertEqual(found.entry(picture("1F37A", source="noto")).annotation.present, ())
        self.assertNotEqual(found.entry(picture("1F37A", source="gemojione")).annotation.present, ())

    def test_picture_without_rule_is_left_out(self):
        self.assertIsNone(rules(RULES).entry(picture("2615")))

    def test_leave_out_is_a_rule_that_was_used(self):
        found = rules('[[rule]]\nabout = "broken"\nleave_out = true\n[rule.each]\nemoji = "2615"\n')
        self.assertIsNone(found.entry(picture("2615")))
        self.assertEqual(found.unused({"emoji"}), [])

    def test_entries_that_match_nothing_are_listed(self):
        found = rules(RULES)
        found.entry(picture("1F37A"))
        self.assertEqual([entry.pattern for entry in found.unused({"emoji"})], ["1F37B", "1F*"])

    def test_patterns_of_one_length_that_both_match_are_an_error(self):
        found = rules(RULES + '[[rule]]\nabout = "again"\n[rule.each]\nopenclipart = "tools/*n_01"\n')
        with self.assertRaisesRegex(BuildError, "pens.*again"):
            found.entry(picture("tools/pen_01", "openclipart", "openclipart"))


class SayingTests(unittest.TestCase):
    def annotation(self, text: str) -> Annotation:
        return rules(f'[[rule]]\n{text}\n[rule.each]\nemoji = "2615"\n').entry(picture("2615")).annotation

    def test_star_stands_for_a_label_and_all_below(self):
        said = self.annotation('unknown = ["Tobacco/*"]')
        self.assertEqual(said.unknown, ("Tobacco", "Tobacco/Smoking", "Tobacco/Tobacco Products"))

    def test_unknown_child_makes_its_parent_unknown(self):
        self.assertEqual(
            self.annotation('unknown = ["Violence/Weapons"]').unknown, ("Violence", "Violence/Weapons")
        )

    def test_unknown_child_leaves_a_present_parent_present(self):
        said = self.annotation('present = ["Suggestive"]\nunknown = ["Suggestive/Barechested Male"]')
        self.assertEqual(said.unknown, ("Suggestive/Barechested Male",))

    def test_unknown_sibling_of_a_present_child_leaves_the_parent_present(self):
        said = self.annotation('present = ["Tobacco/Smoking"]\nunknown = ["Tobacco/Tobacco Products"]')
        self.assertEqual(said.unknown, ("Tobacco/Tobacco Products",))

    def test_misspelled_label_is_an_error(self):
        with self.assertRaisesRegex(BuildError, "Violence/Weapon is not a label"):
            self.annotation('present = ["Violence/Weapon"]')


class JoinedTests(unittest.TestCase):
    def test_groups_of_a_line_take_the_name_of_the_first(self):
        found = rules('[joined]\n"fruit" = """\n    emoji-1f34e emoji-1f34f\n    emoji-1f7e5 icon-square\n"""\n')
        self.assertEqual(
            found.joined,
            {
                "emoji-1f34e": "emoji-1f34e",
                "emoji-1f34f": "emoji-1f34e",
                "emoji-1f7e5": "emoji-1f7e5",
                "icon-square": "emoji-1f7e5",
            },
        )

    def test_group_in_two_lines_is_an_error(self):
        with self.assertRaisesRegex(BuildError, "rules.toml: the group emoji-1f34e is joined twice"):
            rules('[joined]\n"fruit" = "emoji-1f34e emoji-1f34f"\n"more" = "emoji-1f351 emoji-1f34e"\n')

    def test_record_takes_the_joined_group(self):
        entry = rules(RULES).entry(picture("1F37A"))
        self.assertEqual(record(picture("1F37A"), entry).group, "emoji-beer-mug")
        self.assertEqual(record(picture("1F37A"), entry, {"emoji-beer-mug": "emoji-mug"}).group, "emoji-mug")

    def test_joined_group_without_a_picture_is_an_error(self):
        joined = {"emoji-1f34e": "emoji-1f34e", "emoji-1f34f": "emoji-1f34e", "tuxpaint-apple": "emoji-1f34e"}
        check_joined(joined, ["emoji-1f34e", "emoji-1f34f"])
        with self.assertRaisesRegex(BuildError, "1 joined groups have no picture: emoji-1f34f"):
            check_joined(joined, ["emoji-1f34e"])


class ReadingTests(unittest.TestCase):
    def test_name_in_two_rules_is_an_error(self):
        with self.assertRaisesRegex(BuildError, "1F37A is named twice"):
            rules(RULES + '[[rule]]\nabout = "again"\n[rule.each]\nemoji = "1F37A"\n')

    def test_unknown_key_is_an_error(self):
        with self.assertRaisesRegex(BuildError, "unknown key presents"):
            rules('[[rule]]\nabout = "typo"\npresents = []\n')

    def test_unknown_source_is_an_error(self):
        with self.assertRaisesRegex(BuildError, "unknown source twemoji"):
            rules('[[rule]]\nabout = "typo"\n[rule.each]\ntwemoji = "1F37A"\n')

    def test_broken_file_is_an_error_with_its_name(self):
        with self.assertRaisesRegex(BuildError, "rules.toml"):
            rules("[[rule]\n")


if __name__ == "__main__":
    unittest.main()
