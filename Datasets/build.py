#!/usr/bin/env python3
"""Builds a dataset's images from the installed packages and checks them against its manifest.

    python Datasets/build.py stickers                      # make what is missing or differs, check everything
    python Datasets/build.py stickers --update-manifest    # make everything anew and write the manifest

Exit status: 0 the images are those of the manifest, 1 they differ or cannot be made, 2 wrong usage, 130 ^C.
"""

import argparse
import sys


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build a dataset's images from the installed packages.")
    parser.add_argument("dataset", choices=("stickers", "illustrations"))
    parser.add_argument("--update-manifest", action="store_true", help="make all anew and write the manifest")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    try:
        from builder import datasets, errors
    except ModuleNotFoundError as error:
        return failed(
            f"the Python package {error.name} is not installed; `make {options.dataset}` installs it"
        )
    try:
        return datasets.build(options.dataset, update=options.update_manifest)
    except errors.BuildError as error:
        return failed(str(error))
    except OSError as error:
        return failed(f"cannot read or write {error.filename or 'an image'}: {error.strerror or error}")
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130


def failed(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
