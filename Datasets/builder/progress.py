"""Progress on standard error: a counting line on a terminal, a line every thousand images otherwise."""

import sys


class Progress:
    """Counts images as they are made."""

    def __init__(self, total: int):
        self.total = total
        self.done = 0
        self.is_terminal = sys.stderr.isatty()

    def step(self) -> None:
        self.done += 1
        if self.is_terminal and (self.done % 20 == 0 or self.done == self.total):
            print(f"\r  {self.done} of {self.total} images", end="", file=sys.stderr, flush=True)
        elif not self.is_terminal and self.done % 1000 == 0:
            print(f"  {self.done} of {self.total} images", file=sys.stderr, flush=True)

    def finish(self) -> None:
        if self.is_terminal and self.total:
            print(file=sys.stderr)
