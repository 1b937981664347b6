"""Models of XGBoost of every kind that is read. Run under two versions of it."""

import json
import os
import tempfile

import numpy as np
import xgboost as xgb

import lundberg
from synthetic import FEATURES, NAMES, ROWS, matrix, signal, timed

KINDS = {
    # name: (label, rounds, parameters)
    "logistic": ("binary", 200, {"objective": "binary:logistic", "max_depth": 6, "eta": 0.1}),
    "logistic_base_parallel": (
        "binary",
        20,
        {"objective": "binary:logistic", "base_score": 0.2, "num_parallel_tree": 4, "subsample": 0.6, "colsample_bynode": 0.5},
    ),
    "logistic_weighted": ("binary", 20, {"objective": "binary:logistic", "scale_pos_weight": 3.0}),
    "deep": ("binary", 40, {"objective": "binary:logistic", "max_depth": 20, "min_child_weight": 0.01, "eta": 0.3}),
    "leafwise": ("binary", 40, {"objective": "binary:logistic", "grow_policy": "lossguide", "max_depth": 0, "max_leaves": 90}),
    "exact_pruned": ("binary", 30, {"objective": "binary:logistic", "tree_method": "exact", "gamma": 1.0, "max_depth": 8}),
    "approx": ("binary", 30, {"objective": "binary:logistic", "tree_method": "approx"}),
    "monotone": ("binary", 30, {"objective": "binary:logistic", "monotone_constraints": "(1" + ",0" * (FEATURES - 1) + ")"}),
    "softprob": ("tier", 60, {"objective": "multi:softprob", "num_class": 4, "max_depth": 5}),
    "softmax": ("tier", 20, {"objective": "multi:softmax", "num_class": 4, "max_depth": 4}),
    "squarederror": ("number", 100, {"objective": "reg:squarederror", "max_depth": 6}),
    "squarederror_large": ("large", 100, {"objective": "reg:squarederror", "max_depth": 6}),
    "reg_logistic": ("share", 50, {"objective": "reg:logistic"}),
    "gamma": ("positive", 50, {"objective": "reg:gamma"}),
    "poisson": ("count", 50, {"objective": "count:poisson"}),
    "tweedie": ("count", 50, {"objective": "reg:tweedie", "tweedie_variance_power": 1.3}),
    "absoluteerror": ("number", 50, {"objective": "reg:absoluteerror"}),
    "pseudohuber": ("number", 50, {"objective": "reg:pseudohubererror"}),
    "quantile": ("number", 50, {"objective": "reg:quantileerror", "quantile_alpha": 0.7}),
    "logitraw": ("binary", 50, {"objective": "binary:logitraw"}),
    "dart": ("binary", 50, {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.2, "seed": 3}),
    "dart_softprob": ("tier", 20, {"objective": "multi:softprob", "num_class": 4, "booster": "dart", "rate_drop": 0.2}),
    "categorical": ("binary", 60, {"objective": "binary:logistic", "max_cat_to_onehot": 1, "max_depth": 6}),
    "categorical_onehot": ("tier", 20, {"objective": "multi:softprob", "num_class": 4, "max_cat_to_onehot": 100}),
    "missing_zero": ("binary", 40, {"objective": "binary:logistic"}),
    "stump": ("binary", 1, {"objective": "binary:logistic", "max_depth": 1}),
    "one_leaf": ("binary", 3, {"objective": "binary:logistic", "gamma": 1e9}),
    "large_800": ("binary", 800, {"objective": "binary:logistic", "max_depth": 6, "eta": 0.05, "subsample": 0.8}),
}


def labels(s):
    return {
        "binary": (s > 0.5).astype(float),
        "tier": np.digitize(s, [-1.0, 0.5, 2.0]).astype(float),
        "number": s,
        "large": 1e5 + 3e4 * s,
        "share": 1 / (1 + np.exp(-s)),
        "positive": np.exp(0.3 * s),
        "count": np.floor(np.exp(0.3 * s) * 2),
    }


def make(fixtures):
    version = xgb.__version__.split(".")[0]
    train, x = matrix(4000, 1), matrix(ROWS, 2)
    y = labels(signal(train, 1))
    for name, (label, rounds, parameters) in KINDS.items():
        more = {}
        named = None if name == "approx" else NAMES
        kinds = {"feature_names": named}
        if name.startswith("categorical"):
            # Counts, taken for the numbers of categories.
            kinds.update(enable_categorical=True, feature_types=["c" if 4 <= i < 8 else "q" for i in range(FEATURES)])
        if name == "missing_zero":
            kinds.update(missing=0.0)
            more["missing"] = 0.0
        data = xgb.DMatrix(train, label=y[label], **kinds)
        # One thread: the same model every time.
        booster = xgb.train({"nthread": 1, **parameters}, data, rounds)
        booster.set_param({"nthread": 2})
        rows = xgb.DMatrix(x, **kinds)
        # The library's own document is what is tested, so predictions come from the model as loaded again.
        with tempfile.TemporaryDirectory() as d:
            path = os.path.join(d, "model.json")
            booster.save_model(path)
            with open(path) as f:
                document = f.read()
            booster = xgb.Booster(model_file=path)
        booster.set_param({"nthread": 2})
        margin, seconds = timed(lambda: booster.predict(rows, output_margin=True))
        contributions, explaining = timed(lambda: booster.predict(rows, pred_contribs=True))
        # softmax predicts the number of a class; its margins say all.
        prediction = None if name == "softmax" else booster.predict(rows)
        if name == "deep":
            # 20 levels of unwinding in floats: the library's own values are off by that much. deep_double below is the
            # same algorithm in doubles.
            more["contribution_tolerance"] = 1e-4
            write_double(fixtures, version, data, rows, x)
        fixtures.write(
            f"xgboost{version}_{name}",
            "xgboost",
            document,
            x,
            margin,
            prediction,
            contributions,
            {"margin": seconds, "contributions": explaining},
            **more,
        )


def write_double(fixtures, version, data, rows, x):
    booster = xgb.train({"nthread": 1, **KINDS["deep"][2]}, data, 3)
    document = booster.save_raw("json").decode()
    few = 40
    contributions = [lundberg.contributions(json.loads(document), row) for row in x[:few].astype(np.float32)]
    margin = booster.predict(rows, output_margin=True)[:few]
    base = margin - np.sum(contributions, axis=1)
    # The base value is what is left of the margin: the same number for every row.
    assert np.ptp(base) < 1e-6, base
    contributions = np.column_stack([contributions, np.full(few, base.mean())])
    fixtures.write(f"xgboost{version}_deep_double", "xgboost", document, x[:few], margin, None, contributions)
