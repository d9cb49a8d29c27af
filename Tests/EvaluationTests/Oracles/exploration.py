# Every number of an exploration, counted again: image by image at every threshold with NumPy, curves with scikit-learn.
import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, precision_recall_curve


def sigmoid(scores):
    return 1 / (1 + np.exp(-np.asarray(scores, dtype=np.float64)))


def point(tests, logit):
    kinds = []
    flagged = sum(int((np.float32(t["scores"]) >= logit).sum()) for t in tests)
    total = sum(len(t["scores"]) for t in tests)
    for sign in (1, 0):
        rows = []
        for t in tests:
            concerned = np.array(t["present"]) == sign
            base = ((np.float32(t["base"]) >= logit) != sign)[concerned]
            own = ((np.float32(t["scores"]) >= logit) != sign)[concerned]
            rows.append([int(own.sum()), int((base & ~own).sum()), int((own & ~base).sum()), int(base.sum())])
        rows = np.array(rows)
        base = rows[:, 3].sum()
        improvement = None if base == 0 else float((base - rows[:, 0].sum()) / base)
        kinds.append({"means": rows[:, :3].mean(axis=0).tolist(), "improvement": improvement})
    return {"kinds": kinds, "flagged": flagged / total}


def explore(tests):
    present = np.concatenate([t["present"] for t in tests])
    scores = np.concatenate([np.float32(t["scores"]) for t in tests])
    precision, recall, _ = precision_recall_curve(present, scores)
    share, confidence = calibration_curve(present, sigmoid(scores), n_bins=10, strategy="uniform")
    counts = np.bincount(np.searchsorted(np.linspace(0, 1, 11)[1:-1], sigmoid(scores)), minlength=10)
    counts = counts[counts > 0]
    return {
        "points": [point(tests, np.float32(logit)) for logit in input["logits"]],
        # scikit-learn goes from the lowest threshold to the highest and adds recall 0, precision 1.
        "precision": precision[:-1][::-1].tolist(),
        "recall": recall[:-1][::-1].tolist(),
        "averagePrecision": float(average_precision_score(present, scores)),
        "share": share.tolist(),
        "confidence": confidence.tolist(),
        "counts": counts.tolist(),
        "error": float((counts * np.abs(share - confidence)).sum() / counts.sum()),
    }


answer([explore(model) for model in input["models"]])
