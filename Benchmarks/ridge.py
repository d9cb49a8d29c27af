"""A sweep of ridge regressions: 25 splits x 10 strengths x 4 labels on 2,207 x 1280 embeddings, half of them training."""

import time

import numpy
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import GridSearchCV

from project import Project, sweep_images
from rounds import Check, Comparison, Ratio, alternate
from sweep import SPLITS, STRENGTHS, TEST, TRAINING, Sweep

ALPHAS = [1 / strength for strength in STRENGTHS]
TARGET = 3
ROUNDS = 5
# GridSearchCV takes minutes: each round does other splits, whose time stands for all.
SPLITS_A_ROUND = 5
# Splits on which strengths and coefficients are compared.
CHECKED = 5


def compare(rounds=ROUNDS):
    with Project() as project:
        project.share_embeddings()
        project.dataset("sweep", sweep_images())
        listed = project.experiment("listed", "sweep", [f"{{name: ridge, kind: ridge, strength: {STRENGTHS}}}"], SPLITS)
        apart = project.experiment(
            "apart", "sweep", [f"{{name: ridge-{s}, kind: ridge, strength: {s}}}" for s in STRENGTHS], SPLITS)
        project.run(listed)
        images, trials = project.trials(listed)
        theirs = Theirs(Sweep(images, [trial for trial in trials if trial["adapter"] == "ridge"]))

        def ours(experiment):
            project.forget_trials()
            return project.run(experiment)

        seconds = alternate({
            "ours": lambda: ours(listed), "ours, apart": lambda: ours(apart), "RidgeCV": theirs.ridge_cv,
            "GridSearchCV": theirs.grid_search,
        }, rounds)
        one, ten = "25 trials, each choosing among 10 strengths for 4 labels", "250 trials of 1 strength for 4 labels"
        return Comparison("A ridge sweep: 25 splits x 10 strengths x 4 labels", [
            Ratio(one, "GridSearchCV", seconds["ours"], seconds["GridSearchCV"], 40),
            Ratio(one, "RidgeCV", seconds["ours"], seconds["RidgeCV"], 3),
            Ratio(ten, "GridSearchCV", seconds["ours, apart"], seconds["GridSearchCV"], 40),
            Ratio(ten, "RidgeCV", seconds["ours, apart"], seconds["RidgeCV"], 3),
            *theirs.agreement(),
        ])


class Theirs:
    """scikit-learn on the same rows; what is timed begins with arrays in memory and ends with scores of the test rows."""

    def __init__(self, sweep):
        self._sweep = sweep
        self._designs = [sweep.design(label) for label in range(len(sweep.labels))]
        # For RidgeCV, which takes one design for all labels.
        self._shared = numpy.column_stack([sweep.features, *sweep.base_scores])
        base = numpy.clip(sweep.base_scores, -TARGET, TARGET)
        self._residuals = (numpy.where(sweep.truth, TARGET, -TARGET) - base).astype("float32")
        self._round = 0

    def ridge_cv(self):
        """At its best: exact leave-one-out for all strengths and labels in one call, in single precision, 2 threads."""
        started = time.perf_counter()
        for trial in self._sweep.trials:
            training, test = self._parts(trial)
            model = RidgeCV(alphas=ALPHAS, alpha_per_target=True)
            model.fit(self._shared[training], self._residuals[:, training].T)
            model.predict(self._shared[test])
        return time.perf_counter() - started

    def grid_search(self):
        """As people write it: a search with 5 folds for each label, 2 processes."""
        first = self._round * SPLITS_A_ROUND % SPLITS
        self._round += 1
        started = time.perf_counter()
        for trial in self._sweep.trials[first:first + SPLITS_A_ROUND]:
            training, test = self._parts(trial)
            for design, residuals in zip(self._designs, self._residuals):
                search = GridSearchCV(Ridge(), {"alpha": ALPHAS}, cv=5, n_jobs=2)
                search.fit(design[training], residuals[training])
                search.predict(design[test])
        return (time.perf_counter() - started) * SPLITS / SPLITS_A_ROUND

    def _parts(self, trial):
        return self._sweep.rows(trial, TRAINING), self._sweep.rows(trial, TEST)

    # Not timed: that ours and theirs come to the same.

    def agreement(self):
        """That our rule, applied to their leave-one-out predictions, takes our strengths, and coefficients agree."""
        same, errors = 0, []
        for trial in self._sweep.trials[:CHECKED]:
            for label, result in enumerate(trial["labels"]):
                training = self._sweep.rows(trial, TRAINING)
                design = self._designs[label][training].astype("float64")
                strength = self._strength(label, training, design)
                same += strength == result["chosen"]["strength"]
                errors.append(self._error(label, training, design, result))
        count = len(errors)
        return [
            Check("strengths that our rule takes by RidgeCV's leave-one-out predictions, in double precision",
                  f"{same} of {count} the same", same == count),
            Check("coefficients against Ridge's in double precision, length of the difference over length",
                  f"at most {max(errors):.1g}", max(errors) < 1e-4),
        ]

    def _strength(self, label, training, design):
        residuals = self._residuals[label][training].astype("float64")
        # With a scoring given, what is kept are the predictions.
        model = RidgeCV(alphas=ALPHAS, store_cv_results=True, scoring="neg_mean_squared_error").fit(design, residuals)
        base = self._sweep.base_scores[label][training]
        truth = self._sweep.truth[label][training]
        ranks = [rank((base + left_out).astype("float32"), base, truth) for left_out in model.cv_results_.T]
        return STRENGTHS[ranks.index(min(ranks))]

    def _error(self, label, training, design, result):
        model = Ridge(alpha=1 / result["chosen"]["strength"], solver="cholesky")
        model.fit(design, self._residuals[label][training].astype("float64"))
        ours = numpy.append(result["head"]["weights"], result["head"]["base_scale"][0] - 1)
        return numpy.linalg.norm(ours - model.coef_) / numpy.linalg.norm(model.coef_)


def rank(scores, base, truth):
    """What our rule compares of a strength: fewest misses at the most lenient cut that keeps the base's false alarms."""
    order = numpy.argsort(-scores, kind="stable")
    alarms = numpy.concatenate([[0], numpy.cumsum(~truth[order])])
    # Between equal scores there is no cut.
    is_cut = numpy.concatenate([[True], scores[order][1:] < scores[order][:-1], [True]])
    allowed = numpy.count_nonzero((base >= 0) & ~truth)
    flagged = numpy.flatnonzero(is_cut & (alarms <= allowed)).max()
    return numpy.count_nonzero(truth[order[flagged:]]), alarms[flagged]
