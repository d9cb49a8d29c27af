"""Rounds of ours and theirs in turn, the ratios they give, and the tables these stand in."""

import statistics
import sys
from dataclasses import asdict, dataclass, field


def alternate(runs, rounds):
    """Seconds of every run, by name, in each round; a run is a function that answers the seconds it took."""
    seconds = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            seconds[name].append(run())
            print(f"  round {number + 1} of {rounds}: {name}: {seconds[name][-1]:.3f} s", file=sys.stderr)
    return seconds


@dataclass
class Ratio:
    """How many times as long theirs took as ours, round by round, against the least it should be."""

    what: str
    against: str
    ours: list  # seconds (or any other cost), one a round
    theirs: list
    target: float = None
    unit: str = "s"

    def row(self):
        ratios = [theirs / ours for ours, theirs in zip(self.ours, self.theirs)]
        target = "" if self.target is None else f"at least {self.target:g}"
        return [
            self.what, amount(self.ours, self.unit), self.against, amount(self.theirs, self.unit),
            f"**{figure(statistics.median(ratios))}** ({figure(min(ratios))} to {figure(max(ratios))})", target,
            verdict(self.target is None, statistics.median(ratios) >= (self.target or 0)),
        ]


@dataclass
class Amount:
    """Something of ours alone, round by round, against the most it should be."""

    what: str
    values: list
    unit: str
    limit: float = None

    def row(self):
        limit = "" if self.limit is None else f"below {self.limit:g} {self.unit}"
        met = self.limit is None or statistics.median(self.values) < self.limit
        return [self.what, amount(self.values, self.unit), "", "", "", limit, verdict(self.limit is None, met)]


@dataclass
class Check:
    """Something that must hold of what was compared, so that the comparison is one."""

    what: str
    found: str
    holds: bool

    def __post_init__(self):
        self.holds = bool(self.holds)  # of NumPy, it has no JSON

    def row(self):
        return [self.what, self.found, "", "", "", "", verdict(False, self.holds)]


@dataclass
class Comparison:
    """What one file of comparisons found."""

    title: str
    rows: list = field(default_factory=list)

    def json(self):
        return {"title": self.title, "rows": [{"kind": type(row).__name__, **asdict(row)} for row in self.rows]}

    @staticmethod
    def of(json):
        kinds = {kind.__name__: kind for kind in (Ratio, Amount, Check)}
        rows = [kinds[row["kind"]](**{key: row[key] for key in row if key != "kind"}) for row in json["rows"]]
        return Comparison(json["title"], rows)

    def markdown(self):
        header = ["what", "ours", "against", "theirs", "times theirs (all rounds)", "target", ""]
        lines = [header, ["---", "---:", "---", "---:", "---:", "---", "---"]] + [row.row() for row in self.rows]
        return f"## {self.title}\n\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines)


def amount(values, unit):
    """The median, and from where to where the rounds went."""
    if len(values) == 1:
        return f"{figure(values[0])} {unit}"
    return f"{figure(statistics.median(values))} ({figure(min(values))} to {figure(max(values))}) {unit}"


def figure(value):
    """Three figures, as far as they are before or right behind the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3g}"


def verdict(is_only_told, is_met):
    return "" if is_only_told else "reached" if is_met else "**missed**"
