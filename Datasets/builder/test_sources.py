"""Tests of how the sources name, choose and group their pictures."""

import unittest
from pathlib import Path

from . import emoji, freedroid, icons, openclipart, tuxpaint

BEER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 2h15z"/></svg>'
BOTTLE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 512"><path d="M80-32z"/></svg>'


class EmojiTests(unittest.TestCase):
    def test_single_code_points_and_middle_finger_tones_are_taken(self):
        for taken in ("1F37A", "2694", "E0CB", "1F595", "1F595-1F3FB"):
            self.assertTrue(emoji.is_taken(taken), taken)

    def test_flags_keycaps_tones_and_sequences_are_not(self):
        for left in (
            "1F1E6",
            "1F1E6-1F1E8",
            "0023-20E3",
            "30",
            "1F3FB",
            "1F44D-1F3FB",
            "1F468-200D-1F33E",
            "200D",
        ):
            self.assertFalse(emoji.is_taken(left), left)

    def test_variation_selector_is_no_other_emoji(self):
        self.assertEqual(emoji.without_selector("2694-FE0F"), "2694")

    def test_skin_tones_are_one_group(self):
        self.assertEqual(emoji.group_of("1F595-1F3FB"), emoji.group_of("1F595"))


class IconTests(unittest.TestCase):
    def test_of_aliases_the_first_is_kept(self):
        shapes = [("solid/beer", BEER), ("solid/beer-mug-empty", BEER + "\n"), ("solid/wine-bottle", BOTTLE)]
        self.assertEqual(
            [name for name, _ in icons.without_aliases(shapes)], ["solid/beer", "solid/wine-bottle"]
        )

    def test_variants_and_collections_are_one_group(self):
        for name in (
            "material/kettle",
            "material/kettle-outline",
            "material/kettle-off-outline",
            "solid/kettle-alt",
        ):
            self.assertEqual(icons.group_of(name), "icon-kettle")
        self.assertEqual(icons.group_of("material/kettle-steam"), "icon-kettle-steam")

    def test_cut_design_square_is_restored(self):
        self.assertEqual(icons.design_square(BOTTLE), "-160 -64 640 640")
        self.assertEqual(icons.design_square(BEER), "0 0 24 24")

    def test_both_palettes_hold_the_shape_and_one_group(self):
        pictures = icons.in_palettes("material/beer", BEER)
        self.assertEqual(
            [picture.image for picture in pictures],
            ["images/pictograms/material-beer-ink.png", "images/pictograms/material-beer-tile.png"],
        )
        self.assertEqual({picture.group for picture in pictures}, {"icon-beer"})
        for picture in pictures:
            self.assertIn('<path d="M4 2h15z"/>', picture.drawing.svg)


class FolderTests(unittest.TestCase):
    def test_copies_of_a_drawing_are_one_group(self):
        group = "openclipart-food/coffee_ganson"
        for name in (
            "food/coffee_ganson",
            "food/coffee_bw_ganson",
            "food/coffee_ganson_02",
            "food/coffee_ganson_",
        ):
            self.assertEqual(openclipart.picture(Path("x.png"), name).group, group)

    def test_mirrored_stamp_is_in_the_group_of_the_stamp(self):
        self.assertEqual(tuxpaint.group_of("military/bradley_mirror"), "tuxpaint-military/bradley")
        self.assertEqual(tuxpaint.group_of("military/bradley"), "tuxpaint-military/bradley")

    def test_eight_views_are_spread_over_the_turn(self):
        numbers = list(range(1, 33))
        self.assertEqual(freedroid.spread(numbers), [1, 5, 9, 13, 17, 21, 25, 29])
        self.assertEqual(freedroid.spread(numbers[:16]), [1, 3, 5, 7, 9, 11, 13, 15])
        self.assertEqual(freedroid.spread([1]), [1])


if __name__ == "__main__":
    unittest.main()
