#!/usr/bin/env python3
"""Builds a dataset's images from the installed packages and checks them against its manifest.

    python Datasets/build.py stickers                      # what is missing is made, all of it is checked
    python Datasets/build.py stickers --update-manifest    # the rules or a source changed: write the manifest

Exit status: 0 the images are those of the manifest, 1 they differ or cannot be made, 2 wrong usage, 130 ^C.
"""
import argparse
import sys

from builder.datasets import DATASETS, build
from builder.errors import BuildError


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build a dataset's images from the installed packages.")
    parser.add_argument("dataset", choices=sorted(DATASETS))
    parser.add_argument("--update-manifest", action="store_true", help="write the manifest instead of comparing")
    parser.add_argument("--rebuild", action="store_true", help="make the images anew, even those already there")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    try:
        return build(options.dataset, rebuild=options.rebuild, update=options.update_manifest)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
