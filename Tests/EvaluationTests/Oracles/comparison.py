# Every number of a comparison, from raw scores: NumPy and SciPy, and none of Moderato's code.
import numpy as np
from scipy import optimize, stats
from sklearn.metrics import roc_curve

LEVEL = 0.05
KINDS = ["false_negatives", "false_positives"]
records, adapters = input["records"], input["adapters"]
cut = np.float32(np.log(records[0]["threshold"] / (100 - records[0]["threshold"])))
truth = np.array(records[0]["truth"])
base = np.array(records[0]["base"], np.float32) >= cut
group = np.array(records[0]["group"])
repeats = sorted({r["repetition"] for r in records})
single = len(repeats) == 1
present, known = truth == 1, truth != 2
base_wrong = base != present


def part(record, number):
    return (np.array(record["part"]) == number) & known


def of_kind(kind):
    return truth == (1 if kind == "false_negatives" else 0)


def wilson(errors, n, score):
    ends = stats.binomtest(int(errors), int(n)).proportion_ci(1 - 2 * stats.norm.sf(score), method="wilson")
    return ends.low, ends.high


def score(groups, residuals, concerned):
    """The normal score, or Student's times the root of the design effect where images share a group."""
    numbers = np.unique(groups, return_inverse=True)[1]
    if np.bincount(numbers).max() == 1:
        return stats.norm.ppf(0.975)
    shares = residuals if (residuals**2).sum() > 1e-12 else concerned.astype(float)
    effect = max(1, (np.bincount(numbers, shares) ** 2).sum() / (shares**2).sum())
    return stats.t.ppf(0.975, max(1, len(np.unique(groups[concerned])) - 1)) * np.sqrt(effect)


def newcombe(a, b, c, d, z):
    n = a + b + c + d
    p1, p2 = (a + c) / n, (a + b) / n
    (l1, u1), (l2, u2) = wilson(a + c, n, z), wilson(a + b, n, z)
    product = (a + b) * (c + d) * (a + c) * (b + d)
    determinant = a * d - b * c
    if determinant > 0:
        determinant = max(0, determinant - n / 2)
    psi = determinant / np.sqrt(product) if product else 0
    mix = lambda x, y: np.sqrt(max(0, x * x - 2 * psi * x * y + y * y))
    return p1 - p2 - mix(p1 - l1, u2 - p2), p1 - p2 + mix(u1 - p1, p2 - l2)


def bonett_price(a, b, c, z):
    x, y, n = a + c + 1, a + b + 1, a + b + c + 2
    joint = np.sqrt((b + c + 2) / (x * y))
    z = z * joint / (np.sqrt((1 - x / n) / x) + np.sqrt((1 - y / n) / y))
    (xl, xu), (yl, yu) = wilson(x - 1, n - 2, z), wilson(y - 1, n - 2, z)
    return 1 - xu / yl, 1 - xl / yu


def sign_flip(changes):
    """Mid-p of the total change when whole groups swap base and adapter: every sum there is, by convolution."""
    sizes = [abs(c) for c in changes if c]
    if not sizes:
        return 1.0
    chances = np.ones(1)
    for size in sizes:
        flip = np.zeros(2 * size + 1)
        flip[[0, -1]] = 0.5
        chances = np.convolve(chances, flip)
    sums = np.abs(np.arange(len(chances)) - sum(sizes))
    seen = abs(sum(changes))
    return float(chances[sums > seen].sum() + chances[sums == seen].sum() / 2)


def error(numerator, denominator, ratio):
    """The corrected standard error of a ratio of sums (Cochran 1977, with the variance of Nadeau and Bengio 2003)."""
    residual = (numerator - numerator.sum() / denominator.sum() * denominator) / denominator.mean()
    return np.sqrt((1 / len(residual) + ratio) * (residual**2).sum() / (len(residual) - 1))


def over_repeats(numerator, denominator, ratio, low, high):
    estimate = numerator.sum() / denominator.sum()
    spread = 0 if single else error(numerator, denominator, ratio)
    if spread < 1e-12:
        return [estimate]
    ends = stats.t.interval(0.95, len(numerator) - 1, estimate, spread)
    return [estimate, max(low, ends[0]), min(high, ends[1])]


def row(adapter):
    trials = sorted((r for r in records if r["adapter"] == adapter), key=lambda r: r["repetition"])
    tests = [part(r, 2) for r in trials]
    ratio = np.mean([t.sum() for t in tests]) / np.mean([(known & ~t).sum() for t in tests]) if not single else None
    flags = [np.array(r["scores"], np.float32) >= cut for r in trials]
    result = {"flagged": np.concatenate([f[t] for f, t in zip(flags, tests)]).mean()}
    result["image_tests"], result["group_errors"] = wrong_images(np.array(tests), np.array(flags) != present)
    result["matched"] = matched([(t, np.array(r["scores"], np.float32)) for r, t in zip(trials, tests)])
    for kind in KINDS:
        result[kind] = errors([(t & of_kind(kind), f != present) for f, t in zip(flags, tests)], ratio)
    return result


def wrong_images(tested, wrong):
    """By kind: the images of groups with an error of base or adapter, and those groups, with counts over all tests."""
    cells = [base_wrong & wrong, base_wrong & ~wrong, ~base_wrong & wrong, ~base_wrong & ~wrong]
    counts = np.stack([(tested & cell).sum(0) for cell in cells], axis=1)
    images, groups = [], []
    for kind in KINDS:
        concerned = tested.any(0) & of_kind(kind)
        named = [(g, np.flatnonzero(concerned & (group == g))) for g in dict.fromkeys(group[concerned].tolist())]
        named = [(g, members) for g, members in named if counts[members, :3].any()]
        share = counts[:, [0, 2]].sum(1) / np.maximum(counts.sum(1), 1)
        places = sorted(i for _, members in named for i in members.tolist())
        images.append([[i] + counts[i].tolist() + [int(share[i] >= 0.5)] for i in places])
        groups.append([
            dict(name=g, images=len(members), example=f"images/{members[share[members].argmax()]}.png",
                 cells=counts[members].sum(0).tolist())
            for g, members in named])
    return images, groups


def matched(trials):
    """FP where neither misses more than the base at its threshold; FN where neither flags more than 5% of the negatives.

    Every threshold there is, by scikit-learn; of those that are allowed the best.
    """
    counts = {"alarms": [], "misses": []}
    for test, scores in trials:
        y = present[test].astype(int)
        positives, negatives = y.sum(), (1 - y).sum()
        allowed = (base_wrong & present)[test].sum()
        found = {"alarms": [negatives], "misses": [positives]}
        for values in (np.array(records[0]["base"], np.float32), scores):
            fpr, tpr, _ = roc_curve(y, values[test], drop_intermediate=False)
            alarms, misses = np.round(fpr * negatives), np.round((1 - tpr) * positives)
            found["alarms"].append(alarms[misses <= allowed].min())
            found["misses"].append(misses[alarms <= negatives // 20].min())
        for name, values in found.items():
            counts[name].append(values)
    table = [np.array(counts[name], float) for name in ("alarms", "misses")]
    return [list(c.mean(0)) + [1 - c[:, 2].sum() / c[:, 1].sum() if c[:, 1].sum() else None] for c in table]


def errors(trials, ratio):
    cells = []
    for images, wrong in trials:
        b, w = base_wrong[images], wrong[images]
        cells.append([(b & w).sum(), (b & ~w).sum(), (~b & w).sum(), (~b & ~w).sum()])
    cells = np.array(cells, float)
    a, b, c, d = cells.T
    n = cells.sum(1)
    result = {"cells": list(cells.mean(0)), "p": None}
    quantities = {
        "base_rate": (a + b, n, 0, 1), "adapter_rate": (a + c, n, 0, 1), "rate_difference": (c - b, n, -1, 1),
        "improvement": (b - c, a + b, -np.inf, 1)}
    for name, (numerator, denominator, low, high) in quantities.items():
        defined = denominator.sum() > 0
        result[name] = over_repeats(numerator, denominator, ratio, low, high) if defined else None
    if single:
        of_one_split(result, trials[0], *map(int, cells[0]))
    else:
        t = result["rate_difference"][0] / error(c - b, n, ratio)
        result["p"] = float(2 * stats.t.sf(abs(t), len(trials) - 1))
    return result


def of_one_split(result, trial, a, b, c, d):
    images, wrong = trial
    groups, was, now = group[images], base_wrong[images].astype(float), wrong[images].astype(float)
    every = np.ones(len(was), bool)
    for name, is_wrong in (("base_rate", was), ("adapter_rate", now)):
        residuals = is_wrong - is_wrong.mean()
        result[name] += wilson(is_wrong.sum(), len(was), score(groups, residuals, every))
    residuals = now - was - (now - was).mean()
    result["rate_difference"] += newcombe(a, b, c, d, score(groups, residuals, every))
    if result["improvement"]:
        residuals = now - now.sum() / was.sum() * was
        result["improvement"] += bonett_price(a, b, c, score(groups, residuals, was + now > 0))
    net = was - now
    result["p"] = sign_flip([int(net[groups == g].sum()) for g in np.unique(groups)])


def limit(kind, level):
    tests = [part(next(r for r in records if r["repetition"] == k), 2) for k in repeats]
    images = np.any(tests, axis=0) & of_kind(kind)
    sizes = np.unique(group[images & base_wrong], return_counts=True)[1]
    if single:
        needed = int(np.ceil(np.log2(1 / level)))
    else:
        ratio = np.mean([t.sum() for t in tests]) / np.mean([(known & ~t).sum() for t in tests])
        critical = stats.t.ppf(1 - level / 2, len(repeats) - 1)
        needed = int(np.ceil(critical**2 * (1 / len(repeats) + ratio) / ratio))
    effect = (sizes**2).sum() / sizes.sum()
    independent, rate = int(images.sum() / effect), sizes.sum() / images.sum()
    share = None
    if independent >= needed:
        power = lambda p: stats.binom.sf(needed - 1, independent, p) - 0.8
        share = optimize.brentq(power, 1e-12, 1, xtol=1e-14) / rate
    return {
        "images": int(images.sum()), "errors": int(sizes.sum()), "groups": len(sizes), "effect": effect,
        "needed": needed, "detectable": share if share is not None and share <= 1 else None}


rows = [row(adapter) for adapter in adapters]
cells = [r[kind] for r in rows for kind in KINDS]
order = np.argsort([c["p"] for c in cells], kind="stable")
largest = 0
for rank, index in enumerate(order):
    largest = max(largest, min(1, (len(cells) - rank) * cells[index]["p"]))
    cells[index]["adjusted"] = largest
answer({"rows": rows, "limits": [limit(kind, LEVEL / len(cells)) for kind in KINDS]})
