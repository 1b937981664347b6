"""Data of known make: numbers of several shapes, missing values, labels that depend on them. And how a fixture is written."""

import json
import os
import time

import numpy as np

ROWS = 3000
FEATURES = 24


def matrix(rows, seed):
    """Features as a baseball table has them: rates, counts, zeros, ties, a constant, a sparse one; each with its share of NaN."""
    r = np.random.default_rng(seed)
    x = r.normal(size=(rows, FEATURES))
    x[:, 4:8] = r.poisson(3.0, size=(rows, 4))
    x[:, 8:11] = np.round(r.random((rows, 3)), 3)
    x[:, 11] = r.choice([0.0, 0.0, 0.0, 1e-36, -1e-36, 1.0, -2.0], size=rows)
    x[:, 12] = 7.0
    x[:, 13] = x[:, 0] + 1e-3 * r.normal(size=rows)
    x[:, 14] = 1e6 * x[:, 1]
    x[:, 15] = 1e-6 * x[:, 2]
    # Many of these stand on a threshold: < and <= must not be mixed up.
    x[:, 16] = r.integers(0, 12, size=rows) / 4
    missing = np.linspace(0, 0.6, FEATURES)
    missing[12] = 0
    x[r.random((rows, FEATURES)) < missing] = np.nan
    x[:, 17] = np.where(r.random(rows) < 0.9, np.nan, x[:, 17])
    return x


def signal(x, seed):
    r = np.random.default_rng(seed + 1)
    z = np.where(np.isnan(x), 0.3, x)
    z[:, 14] /= 1e6
    return z[:, 0] + z[:, 1] * z[:, 2] - 0.3 * z[:, 4] + 2 * z[:, 8] - np.isnan(x[:, 20]) + r.normal(scale=0.7, size=len(x))


NAMES = [f"feature_{i}" for i in range(FEATURES)]


class Fixtures:
    def __init__(self, directory):
        self.directory = directory

    def write(self, name, form, document, x, margin=None, prediction=None, contributions=None, seconds=None, **more):
        """margin and prediction: rows by outputs. contributions: rows by outputs by (features + 1), the base value last."""
        d = os.path.join(self.directory, name)
        os.makedirs(d, exist_ok=True)
        n = len(x)
        tables = {"inputs": x, "margin": margin, "prediction": prediction, "contributions": contributions}
        meta = {"format": form, "rows": n, "tables": [k for k, v in tables.items() if v is not None], "seconds": seconds, **more}
        with open(os.path.join(d, "document"), "w") as f:
            f.write(document if isinstance(document, str) else json.dumps(document))
        for key, table in tables.items():
            if table is not None:
                table = np.asarray(table).reshape(n, -1)
                with open(os.path.join(d, key + ".csv"), "w") as f:
                    for row in table.tolist():
                        f.write(",".join("" if v != v else repr(v) for v in row) + "\n")
        with open(os.path.join(d, "meta.json"), "w") as f:
            json.dump(meta, f)


def timed(f):
    begun = time.perf_counter()
    result = f()
    return result, time.perf_counter() - begun
