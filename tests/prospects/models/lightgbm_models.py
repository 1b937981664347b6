"""Models of LightGBM of every kind that is read."""

import lightgbm as lgb

from synthetic import NAMES, ROWS, matrix, signal, timed
from xgboost_models import labels

KINDS = {
    "binary": ("binary", 200, {"objective": "binary"}),
    "sigmoid": ("binary", 50, {"objective": "binary", "sigmoid": 2.5}),
    "unbalanced": ("binary", 50, {"objective": "binary", "is_unbalance": True}),
    "leaves_255": ("binary", 40, {"objective": "binary", "num_leaves": 255, "min_data_in_leaf": 2}),
    "bagging": ("binary", 50, {"objective": "binary", "bagging_fraction": 0.5, "bagging_freq": 1, "feature_fraction": 0.5}),
    "goss": ("binary", 50, {"objective": "binary", "data_sample_strategy": "goss"}),
    "dart": ("binary", 50, {"objective": "binary", "boosting": "dart", "drop_rate": 0.3}),
    "rf": ("binary", 30, {"objective": "binary", "boosting": "rf", "bagging_fraction": 0.6, "bagging_freq": 1}),
    "rf_multiclass": (
        "tier",
        10,
        {"objective": "multiclass", "num_class": 4, "boosting": "rf", "bagging_fraction": 0.6, "bagging_freq": 1},
    ),
    "zero_as_missing": ("binary", 50, {"objective": "binary", "zero_as_missing": True}),
    "no_missing": ("binary", 50, {"objective": "binary", "use_missing": False}),
    "multiclass": ("tier", 60, {"objective": "multiclass", "num_class": 4}),
    "multiclassova": ("tier", 30, {"objective": "multiclassova", "num_class": 4, "sigmoid": 1.5}),
    "regression": ("number", 100, {"objective": "regression"}),
    "regression_large": ("large", 100, {"objective": "regression"}),
    "sqrt": ("number", 50, {"objective": "regression", "reg_sqrt": True}),
    "l1": ("number", 50, {"objective": "regression_l1"}),
    "huber": ("number", 50, {"objective": "huber"}),
    "fair": ("number", 50, {"objective": "fair"}),
    "quantile": ("number", 50, {"objective": "quantile", "alpha": 0.8}),
    "mape": ("positive", 50, {"objective": "mape"}),
    "poisson": ("count", 50, {"objective": "poisson"}),
    "gamma": ("positive", 50, {"objective": "gamma"}),
    "tweedie": ("count", 50, {"objective": "tweedie"}),
    "cross_entropy": ("share", 50, {"objective": "cross_entropy"}),
    "cross_entropy_lambda": ("share", 50, {"objective": "cross_entropy_lambda"}),
    "categorical": ("binary", 60, {"objective": "binary", "min_data_per_group": 5, "cat_smooth": 1.0}),
    "categorical_onehot": ("tier", 20, {"objective": "multiclass", "num_class": 4, "max_cat_to_onehot": 100}),
    "one_leaf": ("binary", 3, {"objective": "binary", "min_gain_to_split": 1e9}),
    "large_800": ("binary", 800, {"objective": "binary", "num_leaves": 63, "learning_rate": 0.05}),
}


def make(fixtures):
    train, x = matrix(4000, 1), matrix(ROWS, 2)
    y = labels(signal(train, 1))
    common = {"verbose": -1, "num_threads": 1, "deterministic": True, "force_col_wise": True, "seed": 5}
    for name, (label, rounds, parameters) in KINDS.items():
        # Counts, taken for the numbers of categories.
        categories = [4, 5, 6, 7] if name.startswith("categorical") else []
        data = lgb.Dataset(train, label=y[label], feature_name=NAMES, categorical_feature=categories, params=common)
        booster = lgb.train({**common, **parameters}, data, rounds)
        document = booster.model_to_string()
        booster = lgb.Booster(model_str=document)
        margin, seconds = timed(lambda: booster.predict(x, raw_score=True, num_threads=2))
        contributions, explaining = timed(lambda: booster.predict(x, pred_contrib=True, num_threads=2))
        if name.startswith("rf"):
            # There the library averages before the link only: raw scores and contributions are sums over all trees.
            margin, contributions = margin / rounds, contributions / rounds
        fixtures.write(
            f"lightgbm_{name}",
            "lightgbm",
            document,
            x,
            margin,
            booster.predict(x),
            contributions,
            {"margin": seconds, "contributions": explaining},
        )
