"""Embeddings as one would compute them in Python: Pillow decodes and resizes, onnxruntime runs, two processes share.

    pipeline.py MODEL images LIST OUTPUT    embeddings and logits of the files in a list, into an .npz
    pipeline.py MODEL tensors COUNT         seconds that the network alone takes for so many images, tensors ready
    pipeline.py MODEL singles COUNT         the same, one image at a time
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy
import onnxruntime
from PIL import Image

PROCESSES = 2
# Images at a time: on the machine of the results 8 cost the processor as little as 1, and 32 a tenth more, whose tensors
# between layers do not fit the cache.
BATCH = 8
# Paths that a process gets at a time.
CHUNK = 64

session = None


def start(model):
    """Opens the network in a process: one thread each, since there is a process for each core."""
    global session
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def pixels(path):
    """The input of one image: on white, 224 x 224, as the base model's description says."""
    with Image.open(path) as image:
        if image.mode not in ("RGB", "L"):
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        image = image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    return (numpy.asarray(image, dtype="float32").transpose(2, 0, 1) - 127) / 128


def embed(paths):
    """`[images x 1280]` and `[images x 1000]`: embeddings and logits of the images at `paths`."""
    outputs = []
    for first in range(0, len(paths), BATCH):
        tensor = numpy.stack([pixels(path) for path in paths[first:first + BATCH]])
        outputs.append(session.run(["embedding", "logits"], {"images": tensor}))
    return [numpy.concatenate(parts) for parts in zip(*outputs)]


def run(count, batch=BATCH):
    """Seconds for `count` images of noise, which are made before, in batches as above."""
    tensors = numpy.random.default_rng(1).normal(size=(64, batch, 3, 224, 224)).astype("float32")
    session.run(None, {"images": tensors[0]})
    started = time.perf_counter()
    for index in range(count // batch):
        session.run(["embedding", "logits"], {"images": tensors[index % len(tensors)]})
    return time.perf_counter() - started


def main(model, task, *arguments):
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=start, initargs=(model,)) as pool:
        if task in ("tensors", "singles"):
            batches = [BATCH if task == "tensors" else 1] * PROCESSES
            print(max(pool.map(run, [int(arguments[0]) // PROCESSES] * PROCESSES, batches)))
            return
        listing, output = arguments
        paths = open(listing).read().splitlines()
        chunks = [paths[first:first + CHUNK] for first in range(0, len(paths), CHUNK)]
        embeddings, logits = zip(*pool.map(embed, chunks))
        numpy.savez(output, embeddings=numpy.concatenate(embeddings), logits=numpy.concatenate(logits))


if __name__ == "__main__":
    main(*sys.argv[1:])
