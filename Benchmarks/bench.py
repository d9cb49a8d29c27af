"""`make bench`: runs the comparisons, ours and theirs in turn, and writes results.json and results.md beside this file.

    bench.py [--rounds N] [NAME...]     all comparisons, or those named
"""

import os

# The libraries compared with choose their kernels for this machine; must stand before any of them is loaded.
for name in [name for name in os.environ if name.startswith(("OPENBLAS_", "OMP_", "MKL_"))]:
    del os.environ[name]

import argparse
import datetime
import importlib
import json
import sys
import tempfile
import time
from pathlib import Path

import machine
from rounds import Comparison

# The files of comparisons, in the order of the table.
NAMES = ["ridge", "logistic", "embedding", "overhead", "nothing_to_do", "million", "server"]

FOLDER = Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description="Compares moderato with other programs, in turn.")
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--rounds", type=int, help="so many rounds, instead of each comparison's own number")
    arguments = parser.parse_args()
    options = {} if arguments.rounds is None else {"rounds": arguments.rounds}
    for name in arguments.names or NAMES:
        print(name, file=sys.stderr)
        started = time.perf_counter()
        with TemporaryFiles():
            comparison = importlib.import_module(name).compare(**options)
        print(f"  {time.perf_counter() - started:.0f} s in all", file=sys.stderr)
        print(comparison.markdown())
        keep(name, comparison)


class TemporaryFiles:
    """Everything that a comparison and what it calls make for a while goes to one folder, which goes with it."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="moderato-bench-", ignore_cleanup_errors=True)
        self._before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = os.environ["JOBLIB_TEMP_FOLDER"] = tempfile.tempdir = self._folder.name

    def __exit__(self, *_):
        tempfile.tempdir = None
        del os.environ["TMPDIR"], os.environ["JOBLIB_TEMP_FOLDER"]
        if self._before is not None:
            os.environ["TMPDIR"] = self._before
        self._folder.cleanup()


def keep(name, comparison):
    """Puts the comparison into the results, beside those that were found on the same machine with the same versions."""
    file = FOLDER / "results.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    found = {"machine": machine.description(), "versions": machine.versions()}
    old = kept.get("comparisons", {}) if all(kept.get(key) == value for key, value in found.items()) else {}
    entry = {"date": datetime.date.today().isoformat(), "commit": machine.commit(), **comparison.json()}
    found["comparisons"] = {key: value for key, value in sorted({**old, name: entry}.items(), key=order)}
    file.write_text(json.dumps(found, indent=2) + "\n")
    (FOLDER / "results.md").write_text(markdown(found))


def order(entry):
    return NAMES.index(entry[0])


def markdown(found):
    """The tables as a page, which says on what they were measured."""
    lines = ["# Results", "", "Written by `make bench`; `README.md` says what is compared and how.", ""]
    lines += [f"- {key}: {value}" for key, value in {**found["machine"], **found["versions"]}.items()]
    tables = [
        f"{Comparison.of(entry).markdown()}\nMeasured {entry['date']} at {entry['commit']}.\n"
        for entry in found["comparisons"].values()
    ]
    return "\n".join(lines) + "\n\n" + "\n".join(tables)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
