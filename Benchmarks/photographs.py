"""Photographs as JPEG of a realistic size: several hundred views of the two that scikit-learn carries.

scikit-learn's `china.jpg` and `flower.jpg` (CC BY 2.0) are the photographs that every machine with the benchmarks' packages
has. Each view is another part of one, 1024 pixels wide, with a little noise, as a sensor adds it, so that none is a copy and the
files have the 200 to 350 KB that photographs of this size have.
"""

import io

import numpy
from PIL import Image
from sklearn.datasets import load_sample_images

WIDTH, QUALITY, NOISE = 1024, 85, 5


def photographs(count):
    """`count` JPEG files, the same ones each time."""
    random = numpy.random.default_rng(7)
    sources = [Image.fromarray(image) for image in load_sample_images().images]
    return [view(sources[index % len(sources)], random) for index in range(count)]


def view(source, random):
    share = random.uniform(0.5, 1)
    width, height = source.width * share, source.height * share
    left, top = random.uniform(0, source.width - width), random.uniform(0, source.height - height)
    image = source.resize(
        (WIDTH, round(WIDTH * height / width)), Image.Resampling.BICUBIC, (left, top, left + width, top + height))
    pixels = numpy.asarray(image) + random.normal(0, NOISE, (image.height, image.width, 3))
    file = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
