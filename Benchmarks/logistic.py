"""The sweep of `ridge` with logistic regressions, hyperparameters chosen on five folds."""

import time

import numpy
from scipy.special import expit
from sklearn.linear_model import LogisticRegressionCV

from project import Project, sweep_images
from rounds import Check, Comparison, Ratio, alternate
from sweep import SPLITS, STRENGTHS, TEST, TRAINING, Sweep

ROUNDS = 5
# LogisticRegressionCV takes long: each round does other splits, whose time stands for all.
SPLITS_A_ROUND = 5
# Splits on which it is measured how far from their minima both stop.
CHECKED = 1
# L-BFGS stops where the gradient's greatest element is below this; its objectives end as near their minima as ours.
TOLERANCE = 1e-4


def compare(rounds=ROUNDS):
    with Project() as project:
        project.share_embeddings()
        project.dataset("sweep", sweep_images())
        file = project.experiment(
            "logistic", "sweep", [f"{{name: logistic, kind: logistic, strength: {STRENGTHS}}}"], SPLITS)

        def ours():
            project.forget_trials()
            return project.run(file)

        # The divisions are those of any adapter.
        divisions = project.experiment("divisions", "sweep", ["{name: logistic, kind: bias}"], SPLITS)
        project.run(divisions)
        theirs = Theirs(Sweep(*of_adapter(project.trials(divisions))))
        seconds = alternate({"ours": ours, "LogisticRegressionCV": theirs.cross_validate}, rounds)
        return Comparison("A logistic sweep: 25 splits x 10 strengths x 4 labels", [
            Ratio("25 trials, each choosing among 10 strengths for 4 labels", "LogisticRegressionCV", seconds["ours"],
                  seconds["LogisticRegressionCV"], 10),
            *theirs.tolerances(Sweep(*of_adapter(project.trials(file)))),
        ])


def of_adapter(found):
    images, trials = found
    return images, [trial for trial in trials if trial["adapter"] == "logistic"]


class Theirs:
    """scikit-learn on the same rows; what is timed begins with arrays in memory and ends with scores of the test rows."""

    def __init__(self, sweep):
        self._sweep = sweep
        self._designs = [sweep.design(label) for label in range(len(sweep.labels))]
        self._round = 0
        self._fitted = {}

    def cross_validate(self):
        """A search with five stratified folds for each label, classes weighted as ours are, 2 processes."""
        first = self._round * SPLITS_A_ROUND % SPLITS
        self._round += 1
        started = time.perf_counter()
        for place in range(first, first + SPLITS_A_ROUND):
            trial = self._sweep.trials[place]
            training, test = self._sweep.rows(trial, TRAINING), self._sweep.rows(trial, TEST)
            for label, design in enumerate(self._designs):
                model = LogisticRegressionCV(
                    Cs=STRENGTHS, cv=5, class_weight="balanced", tol=TOLERANCE, max_iter=1000, n_jobs=2,
                    l1_ratios=(0,), scoring="neg_log_loss", use_legacy_attributes=False)
                model.fit(design[training], self._sweep.truth[label][training])
                model.decision_function(design[test])
                self._fitted[place, label] = model
        return (time.perf_counter() - started) * SPLITS / SPLITS_A_ROUND

    # Not timed: how far from its minimum each objective was left.

    def tolerances(self, ours):
        """The excess of both objectives over their minima, which Newton's method finds in double precision."""
        excesses = {"ours": [], "theirs": []}
        for place in range(CHECKED):
            for label, result in enumerate(ours.trials[place]["labels"]):
                training = ours.rows(ours.trials[place], TRAINING)
                design, truth = ours.design(label)[training].astype("float64"), ours.truth[label][training]
                base = ours.base_scores[label][training].astype("float64")
                # The intercept has been moved to the operating point, so the best one is taken.
                head = numpy.append(result["head"]["weights"], result["head"]["base_scale"][0] - 1)
                loss = Loss(design, truth, result["chosen"]["strength"], base)
                excesses["ours"].append(loss.excess(head))
                model = self._fitted[place, label]
                loss = Loss(design, truth, model.C_, numpy.zeros(len(training)))
                excesses["theirs"].append(loss.excess(model.coef_[0]))
        found = {name: max(values) for name, values in excesses.items()}
        return [Check(
            "excess of the objective over its minimum, relative, at most that of LogisticRegressionCV",
            f"{found['ours']:.1g} against {found['theirs']:.1g}", found["ours"] <= max(found["theirs"], 1e-12))]


class Loss:
    """strength · Σ w log(1 + exp(-y (offset + x·u + c))) + ½ ‖u‖², classes weighted alike, in double precision."""

    def __init__(self, design, truth, strength, offsets):
        self._design, self._truth, self._offsets = design, truth, offsets
        share = numpy.where(truth, truth.mean(), 1 - truth.mean())
        self._weights = strength / (2 * share)

    def excess(self, coefficients):
        """By what share of the minimum the objective lies above it, at these coefficients and the best intercept."""
        fixed = Loss(numpy.zeros((len(self._truth), 0)), self._truth, 1, self._offsets + self._design @ coefficients)
        fixed._weights = self._weights
        value = fixed._value(fixed._minimum()) + coefficients @ coefficients / 2
        least = self._value(self._minimum())
        return max(0, value - least) / least

    def _value(self, point):
        margins = self._offsets + self._design @ point[:-1] + point[-1]
        losses = numpy.logaddexp(0, numpy.where(self._truth, -margins, margins))
        return self._weights @ losses + point[:-1] @ point[:-1] / 2

    def _minimum(self):
        """By Newton's method with halved steps, until what is gained is rounding."""
        extended = numpy.column_stack([self._design, numpy.ones(len(self._truth))])
        penalties = numpy.append(numpy.ones(self._design.shape[1]), 0)
        point = numpy.zeros(extended.shape[1])
        for _ in range(30):
            probabilities = expit(self._offsets + extended @ point)
            gradient = extended.T @ (self._weights * (probabilities - self._truth)) + penalties * point
            curvature = self._weights * probabilities * (1 - probabilities)
            hessian = extended.T @ (curvature[:, None] * extended) + numpy.diag(penalties)
            step = numpy.linalg.solve(hessian, gradient)
            length, value = 1.0, self._value(point)
            while length > 1e-6 and not self._value(point - length * step) < value * (1 - 1e-13):
                length /= 2
            if length <= 1e-6:
                break
            point = point - length * step
        return point
