"""Tests of rendering and of writing image files, in a temporary folder."""

import hashlib
import io
import struct
import tempfile
import unittest
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .errors import BuildError
from .files import digest, make_images, outdated, remove_others, share_images
from .picture import Picture
from .rendering import SIDE, Scaled, VectorText, pixels_only, recompressed


@dataclass(frozen=True)
class Fixed:
    """A drawing with given bytes, or one that fails."""

    content: bytes | None

    def image_bytes(self) -> bytes:
        if self.content is None:
            raise BuildError("cannot draw")
        return self.content


def picture(image: str, content: bytes | None) -> Picture:
    return Picture(image, "noto", "emoji", image, image, Fixed(content))


def png(size: tuple[int, int], mode: str = "RGBA", box: tuple[int, int, int, int] | None = None) -> bytes:
    """A PNG that is opaque red within `box`, or everywhere, and else transparent."""
    canvas = Image.new(mode, size)
    canvas.paste((255, 0, 0, 255)[: len(mode)], box or (0, 0, *size))
    encoded = io.BytesIO()
    canvas.save(encoded, format="PNG")
    return encoded.getvalue()


class FolderTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)


class MakingTests(FolderTest):
    def test_missing_and_different_images_are_outdated(self):
        pictures = [picture(f"images/{name}.png", b"new") for name in ("same", "other", "missing")]
        make_images([picture("images/same.png", b"new"), picture("images/other.png", b"old")], self.folder)
        expected = {one.image: hashlib.sha256(b"new").hexdigest() for one in pictures}
        self.assertEqual(
            [one.image for one in outdated(pictures, self.folder, expected)],
            ["images/other.png", "images/missing.png"],
        )

    def test_made_images_are_up_to_date(self):
        pictures = [picture(f"images/{number}.png", b"%d" % number) for number in range(50)]
        expected = {one.image: hashlib.sha256(one.drawing.content).hexdigest() for one in pictures}
        make_images(pictures, self.folder)
        self.assertEqual(outdated(pictures, self.folder, expected), [])

    def test_drawing_that_fails_leaves_nothing_under_its_name(self):
        with self.assertRaises(BuildError):
            make_images([picture("images/bad.png", None)], self.folder)
        self.assertFalse((self.folder / "images/bad.png").exists())

    def test_what_no_rule_names_is_removed(self):
        make_images([picture("images/a/1.png", b"1"), picture("images/b/2.png.partial", b"2")], self.folder)
        self.assertEqual(remove_others(self.folder, {"images/a/1.png"}), 1)
        self.assertEqual([path.name for path in self.folder.rglob("*.p*")], ["1.png"])

    def test_shared_image_replaces_an_older_one(self):
        origin, target = self.folder / "stickers", self.folder / "illustrations"
        make_images([picture("images/1.png", b"new")], origin)
        make_images([picture("images/1.png", b"old")], target)
        share_images([picture("images/1.png", b"new")], origin, target)
        self.assertEqual(digest(target / "images/1.png"), hashlib.sha256(b"new").hexdigest())


class RenderingTests(FolderTest):
    def scaled(self, content: bytes, trimmed: bool = False) -> Image.Image:
        path = self.folder / "drawing.png"
        path.write_bytes(content)
        return Image.open(io.BytesIO(Scaled(path, trimmed).image_bytes()))

    def test_large_png_is_scaled_and_keeps_its_aspect_and_alpha(self):
        small = self.scaled(png((640, 320), box=(0, 0, 320, 320)))
        self.assertEqual((small.size, small.mode), ((SIDE, SIDE // 2), "RGBA"))
        self.assertEqual(small.getpixel((10, 80)), (255, 0, 0, 255))
        self.assertEqual(small.getpixel((310, 80))[3], 0)

    def test_opaque_png_gets_no_alpha(self):
        self.assertEqual(self.scaled(png((640, 640), mode="RGB")).mode, "RGB")

    def test_small_png_keeps_its_pixels(self):
        self.assertEqual(self.scaled(png((40, 30))).size, (40, 30))

    def test_trimming_cuts_empty_margins(self):
        content = png((900, 900), box=(100, 200, 150, 300))
        self.assertEqual(self.scaled(content, trimmed=True).size, (50, 100))
        self.assertEqual(self.scaled(content).size, (SIDE, SIDE))

    def test_empty_drawing_is_not_trimmed_away(self):
        self.assertEqual(self.scaled(png((30, 30), box=(0, 0, 0, 0)), trimmed=True).size, (30, 30))

    def test_times_and_texts_are_left_out(self):
        plain = png((4, 4))
        kind, text = b"tEXt", b"Comment\0made today"
        written = struct.pack(">I", len(text)) + kind + text + struct.pack(">I", zlib.crc32(kind + text))
        header = 8 + 12 + 13  # signature, and IHDR with its 13 bytes
        self.assertEqual(pixels_only(plain[:header] + written + plain[header:]), plain)

    def test_recompressing_changes_no_pixel(self):
        plain = png((50, 40), box=(3, 4, 30, 20))
        first, second = (Image.open(io.BytesIO(content)) for content in (plain, recompressed(plain)))
        self.assertEqual((first.size, first.tobytes()), (second.size, second.tobytes()))

    def test_what_is_no_png_is_an_error(self):
        with self.assertRaisesRegex(BuildError, "not a PNG"):
            pixels_only(b"\xff\xd8\xff")

    def test_svg_is_drawn_at_320_pixels(self):
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="10" height="10"/></svg>'
        )
        drawn = Image.open(io.BytesIO(VectorText(svg, "half").image_bytes())).convert("RGBA")
        self.assertEqual(drawn.size, (SIDE, SIDE // 2))
        self.assertEqual((drawn.getpixel((80, 80))[3], drawn.getpixel((240, 80))[3]), (255, 0))

    def test_broken_svg_is_an_error_with_its_name(self):
        with self.assertRaisesRegex(BuildError, "cannot draw torn"):
            VectorText("<svg", "torn").image_bytes()


if __name__ == "__main__":
    unittest.main()
