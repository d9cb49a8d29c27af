"""Ridge and logistic regression on embeddings that do not fit in memory: ours from a file, scikit-learn's as far as it gets.

    million.py FOLDER     scikit-learn alone, on the arrays that `moderato-bench million` left there, as one JSON line
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rounds import Amount, Check, Comparison, Ratio

BENCH = Path(__file__).resolve().parent.parent / ".build/release/moderato-bench"

ROUNDS = 1
ROWS = [125_000, 250_000, 500_000, 1_000_000]
# Beyond this scikit-learn takes minutes a round, and at a million rows more memory than many machines have.
MOST_ROWS_OF_THEIRS = 125_000
DIMENSIONS = 1280
# What `moderato-bench million` fits: the defaults of both adapters.
RIDGE = [0.01, 0.03, 0.1, 0.3, 1]
LOGISTIC = [0.1, 1, 10]
FOLDS = 5
TARGET = 3
GIBIBYTE = 2**30


def compare(rounds=ROUNDS):
    found = {rows: {"ours": [], "theirs": []} for rows in ROWS}
    for _ in range(rounds):
        for rows in ROWS:
            with tempfile.TemporaryDirectory() as folder:
                found[rows]["ours"].append(ours(rows, folder))
                if rows <= MOST_ROWS_OF_THEIRS:
                    # A process of its own, whose memory can be told.
                    answer = subprocess.check_output([sys.executable, __file__, folder], text=True)
                    found[rows]["theirs"].append(json.loads(answer))
    table = []
    for rows, answers in found.items():
        table += of_size(rows, **answers)
    return Comparison(f"Embeddings in a file: rows x {DIMENSIONS}, half training", [*table, linear(found)])


def of_size(rows, ours, theirs):
    """What is told of one number of rows."""
    what = f"{rows:,} rows"
    for place, name in enumerate(["ridge", "logistic"]):
        mine = [seconds(answer["adapters"][place]) for answer in ours]
        title = f"{what}: {name}, fit, chosen among strengths, tested and evaluated"
        if theirs:
            other = [answer[f"{name}_seconds"] for answer in theirs]
            yield Ratio(title, "GridSearchCV, five grouped folds", mine, other)
        else:
            yield Amount(title, mine, "s")
    yield Amount(f"{what}: memory at most", [answer["peak_bytes"] / GIBIBYTE for answer in ours], "GiB", 2)
    if theirs:
        yield Amount(f"{what}: memory of scikit-learn", [answer["peak_bytes"] / GIBIBYTE for answer in theirs], "GiB")


def linear(found):
    """Whether eight times as many rows take no more than eight times as long, give or take a tenth."""
    per_row = {
        rows: min(sum(map(seconds, answer["adapters"])) for answer in answers["ours"]) / rows
        for rows, answers in found.items()
    }
    told = ", ".join(f"{value * 1e6:.0f} µs" for value in per_row.values())
    return Check("time a row, from few rows to many, no more for many", told, per_row[ROWS[-1]] < 1.1 * per_row[ROWS[0]])


def seconds(adapter):
    """All that an adapter took."""
    return sum(adapter[f"{part}_seconds"]["wall"] for part in ["fitting", "scoring", "evaluation"])


def ours(rows, folder):
    """Makes up the arrays in `folder`, which stay there, and fits them."""
    command = [BENCH, "million", "--rows", str(rows), "--dimensions", str(DIMENSIONS), "--folder", folder]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def theirs(folder):
    """As people write it: embeddings mapped from the file, features as ours, test rows scored at the end."""
    import numpy

    def array(name, kind):
        return numpy.fromfile(folder / name, dtype=kind)

    truth, training = array("truth.u8", "u1").astype(bool), array("training.u8", "u1").astype(bool)
    base, groups = array("base_scores.f32", "<f4"), array("groups.i64", "<i8")
    embeddings = numpy.memmap(folder / "embeddings.f32", dtype="<f4", mode="r").reshape(len(truth), -1)

    def design(rows):
        part = embeddings[rows]
        part *= (10 / numpy.linalg.norm(part, axis=1))[:, None]
        return numpy.column_stack([part, base[rows]])

    started = time.perf_counter()
    features = design(training)
    reading = time.perf_counter() - started
    seconds = {"reading_seconds": reading}
    for name, fit in [("ridge", fit_ridge), ("logistic", fit_logistic)]:
        started = time.perf_counter()
        model = fit(features, base[training], truth[training], groups[training])
        model.best_estimator_.predict(design(~training))
        seconds[f"{name}_seconds"] = reading + time.perf_counter() - started
        print(name, seconds, file=sys.stderr, flush=True)
    return {**seconds, "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def fit_ridge(features, base, truth, groups):
    """Five grouped folds for each strength: leaving each group out in turn, as ours does, would take as many fits."""
    import numpy
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GridSearchCV, GroupKFold

    residuals = numpy.where(truth, TARGET, -TARGET) - numpy.clip(base, -TARGET, TARGET)
    search = GridSearchCV(
        Ridge(solver="cholesky"), {"alpha": [1 / strength for strength in RIDGE]}, cv=GroupKFold(FOLDS),
        scoring="neg_mean_squared_error")
    return search.fit(features, residuals, groups=groups)


def fit_logistic(features, base, truth, groups):
    """Five grouped folds for each strength, by L-BFGS."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV, GroupKFold

    search = GridSearchCV(
        LogisticRegression(class_weight="balanced", tol=1e-4, max_iter=1000), {"C": LOGISTIC}, cv=GroupKFold(FOLDS),
        scoring="neg_log_loss")
    return search.fit(features, truth, groups=groups)


if __name__ == "__main__":
    print(json.dumps(theirs(Path(sys.argv[1]))))
