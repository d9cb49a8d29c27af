"""Turns what a source holds into the bytes of an image of at most 320 x 320 pixels, the aspect kept.

Bytes depend on the input and on the versions of rsvg-convert, Pillow and zlib alone: PNG chunks that hold no
pixels (times, texts, colour profiles, backgrounds) are left out.
"""

import io
import struct
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image

from .errors import BuildError, MissingSource

SIDE = 320
PIXEL_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Drawing(Protocol):
    """Where an image's bytes come from."""

    def image_bytes(self) -> bytes: ...


@dataclass(frozen=True)
class Vector:
    """An SVG file, drawn at 320 pixels."""

    path: Path

    def image_bytes(self) -> bytes:
        return drawn(self.path.read_bytes(), str(self.path))


@dataclass(frozen=True)
class VectorText:
    """SVG that the builder composed, drawn at 320 pixels."""

    svg: str
    name: str

    def image_bytes(self) -> bytes:
        return drawn(self.svg.encode(), self.name)


@dataclass(frozen=True)
class Strike:
    """A PNG that stands ready in a font."""

    png: bytes

    def image_bytes(self) -> bytes:
        return pixels_only(self.png)


@dataclass(frozen=True)
class Copied:
    """A file taken byte for byte (the JPEG renders)."""

    path: Path

    def image_bytes(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True)
class Scaled:
    """A PNG file, scaled down to 320 pixels when it is larger; `trimmed` cuts empty margins off first."""

    path: Path
    trimmed: bool = False

    def image_bytes(self) -> bytes:
        with Image.open(self.path) as picture:
            area = content_area(picture) if self.trimmed else (0, 0, *picture.size)
            if area == (0, 0, *picture.size) and max(picture.size) <= SIDE:
                return pixels_only(self.path.read_bytes())
            smaller = picture.convert("RGBA" if picture.has_transparency_data else "RGB").crop(area)
        smaller.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        encoded = io.BytesIO()
        smaller.save(encoded, format="PNG")
        return recompressed(encoded.getvalue())


def content_area(picture: Image.Image) -> tuple[int, int, int, int]:
    """The rectangle (left, top, right, bottom) that holds all that is not fully transparent."""
    whole = (0, 0, *picture.size)
    if not picture.has_transparency_data:
        return whole
    return picture.convert("RGBA").getchannel("A").getbbox() or whole


def drawn(svg: bytes, name: str) -> bytes:
    """PNG bytes of an SVG whose longer side is 320 pixels."""
    command = ["rsvg-convert", "--width", str(SIDE), "--height", str(SIDE), "--keep-aspect-ratio"]
    try:
        result = subprocess.run(command, input=svg, capture_output=True, check=True)
    except FileNotFoundError as error:
        raise MissingSource("librsvg2-bin", "rsvg-convert") from error
    except subprocess.CalledProcessError as error:
        raise BuildError(f"rsvg-convert cannot draw {name}: {error.stderr.decode().strip()}") from error
    return pixels_only(result.stdout)


def pixels_only(png: bytes) -> bytes:
    """The same PNG without the chunks that hold no pixels."""
    if not png.startswith(PNG_SIGNATURE):
        raise BuildError("a source holds something that is not a PNG where a PNG was expected")
    return PNG_SIGNATURE + b"".join(chunk(*found) for found in chunks(png) if found[0] in PIXEL_CHUNKS)


def recompressed(png: bytes) -> bytes:
    """The same pixels, packed by Python's zlib: what Pillow's zlib-ng packs may vary by processor."""
    found = list(chunks(png))
    pixels = zlib.decompress(b"".join(content for kind, content in found if kind == b"IDAT"))
    before = [one for one in found if one[0] in PIXEL_CHUNKS - {b"IDAT", b"IEND"}]
    parts = [*before, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    return PNG_SIGNATURE + b"".join(chunk(*part) for part in parts)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk of a PNG, in order."""
    position = len(PNG_SIGNATURE)
    while position < len(png):
        length, kind = struct.unpack_from(">I4s", png, position)
        yield kind, png[position + 8 : position + 8 + length]
        position += 12 + length  # length, kind and checksum take 12 bytes


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk as it stands in a PNG: length, kind, content, checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
