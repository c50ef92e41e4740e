"""Write vectors.json: predictions with the figures that scikit-learn gives.

Run with Debian's python3-sklearn (1.2.1): python3 expected.py > vectors.json
"""
import json
import random

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score


def figures(y, p):
    out = {"brier": brier_score_loss(y, p, pos_label=1), "log_loss": log_loss(y, p, labels=[0, 1])}
    if len(set(y)) == 2:
        out["roc_auc"] = roc_auc_score(y, p)
        out["average_precision"] = average_precision_score(y, p)
    return out


def line(y, p):
    x = np.log(p) - np.log1p(-np.array(p))
    m = LogisticRegression(penalty=None, solver="newton-cg", tol=1e-12, max_iter=10000)
    m.fit(x.reshape(-1, 1), y)
    return {"slope": m.coef_[0][0], "intercept": m.intercept_[0]}


def vectors():
    r = random.Random(20)

    def drawn(n, digits, share=0.5):
        y = [1 if r.random() < share else 0 for _ in range(n)]
        p = [min(max(r.gauss(0.4 + 0.2 * t, 0.2), 0.001), 0.999) for t in y]
        return y, [round(x, digits) for x in p]

    yield "few, no ties", [1, 0, 1, 1, 0], [0.9, 0.8, 0.7, 0.35, 0.1], True
    yield "no ties", *drawn(400, 15), True
    yield "many ties", *drawn(400, 1), False
    yield "some ties", *drawn(300, 2), False
    yield "rare scams", *drawn(1000, 6, 0.02), True
    yield "constant", [1, 0, 0, 1, 0], [0.4] * 5, False
    yield "separated", [1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1], False
    yield "reversed", [0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1], False
    yield "0 and 1", [1, 0, 1, 0], [1.0, 0.0, 0.0, 1.0], False
    yield "scams only", [1, 1, 1], [0.9, 0.5, 0.1], False
    yield "legitimate only", [0, 0, 0], [0.9, 0.5, 0.1], False


rows = []
for name, y, p, fitted in vectors():
    row = {"name": name, "scam": [int(t) for t in y], "probability": [float(x) for x in p], **figures(y, p)}
    if fitted:
        row.update(line(y, p))
    rows.append({k: (float(v) if isinstance(v, np.floating) else v) for k, v in row.items()})
print("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
