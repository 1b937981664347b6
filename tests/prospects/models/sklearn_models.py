"""Pipelines, calibrations and trainings of scikit-learn."""

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator
from sklearn.impute import SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from synthetic import NAMES, ROWS, matrix, signal
from xgboost_models import labels


def document(kind, pipeline):
    imputer, scaler, model = (step for _, step in pipeline.steps)
    indicated = [] if imputer.indicator_ is None else imputer.indicator_.features_
    return {
        "kind": kind,
        "feature_names": NAMES,
        "impute": imputer.statistics_.tolist(),
        "missing_indicator": [NAMES[i] for i in indicated],
        "mean": scaler.mean_.tolist(),
        "scale": scaler.scale_.tolist(),
        "coef": model.coef_.tolist(),
        "intercept": np.asarray(model.intercept_).tolist(),
        **({"classes": model.classes_.tolist()} if kind != "linear" else {}),
    }


def contributions(pipeline, x):
    """(x - mean) * coef, an indicator's part with its feature; the intercept last. Outputs by features + 1."""
    imputer, _, model = (step for _, step in pipeline.steps)
    z = pipeline[:-1].transform(x)
    phi = []
    for coef, intercept in zip(np.atleast_2d(model.coef_), np.atleast_1d(model.intercept_)):
        part = z * coef
        own = part[:, : len(NAMES)].copy()
        if imputer.indicator_ is not None:
            own[:, imputer.indicator_.features_] += part[:, len(NAMES) :]
        phi.append(np.column_stack([own, np.full(len(x), intercept)]))
    return np.stack(phi, axis=1)


def make(fixtures):
    train, x = matrix(4000, 1), matrix(ROWS, 2)
    y = labels(signal(train, 1))
    for name, kind, label, indicator, model in [
        ("logistic", "logistic", "binary", True, LogisticRegression(max_iter=1000)),
        ("logistic_plain", "logistic", "binary", False, LogisticRegression(max_iter=1000, C=0.1)),
        ("multinomial", "multinomial", "tier", True, LogisticRegression(max_iter=1000)),
        ("ridge", "linear", "number", True, Ridge(3.0)),
        ("least_squares", "linear", "large", False, LinearRegression()),
    ]:
        pipeline = make_pipeline(SimpleImputer(add_indicator=indicator), StandardScaler(), model)
        pipeline.fit(train, y[label])
        linear = kind == "linear"
        margin = pipeline.predict(x) if linear else pipeline.decision_function(x)
        prediction = margin if linear else pipeline.predict_proba(x)
        fixtures.write(
            f"sklearn_{name}",
            "linear",
            document(kind, pipeline),
            x,
            margin,
            # The first of two probabilities is the rest of the second.
            prediction[:, 1] if kind == "logistic" else prediction,
            contributions(pipeline, x),
        )
        if name == "logistic":
            calibrations(fixtures, pipeline, x, labels(signal(x, 2))["binary"])
    trainings(fixtures)


def calibrations(fixtures, pipeline, x, y):
    half = len(x) // 2
    for method in ["sigmoid", "isotonic"]:
        calibrated = CalibratedClassifierCV(FrozenEstimator(pipeline), method=method).fit(x[:half], y[:half])
        inner = calibrated.calibrated_classifiers_[0].calibrators[0]
        if method == "sigmoid":
            made = {"kind": "platt", "a": float(inner.a_), "b": float(inner.b_), "on": "margin"}
        else:
            points = {"x": inner.X_thresholds_.tolist(), "y": inner.y_thresholds_.tolist()}
            made = {"kind": "isotonic", "on": "margin", **points}
        margin = pipeline.decision_function(x)
        fixtures.write(f"calibration_{method}", "calibration", made, margin, prediction=calibrated.predict_proba(x)[:, 1])
    p = pipeline.predict_proba(x)[:, 1]
    isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0, y_max=1).fit(p[:half], y[:half])
    made = {"kind": "isotonic", "x": isotonic.X_thresholds_.tolist(), "y": isotonic.y_thresholds_.tolist()}
    inputs = np.concatenate([p, [0.0, 1.0, 2.0, -1.0], isotonic.X_thresholds_])
    fixtures.write("calibration_of_probability", "calibration", made, inputs, prediction=isotonic.predict(inputs))


def trainings(fixtures):
    """What train() must find: the same objective, minimised to the end."""
    x = matrix(ROWS, 3)
    y = labels(signal(x, 3))
    for name, kind, label, c in [
        ("logistic", "logistic", "binary", 1.0),
        ("logistic_strong", "logistic", "binary", 0.001),
        ("logistic_weak", "logistic", "binary", 1000.0),
        ("multinomial", "multinomial", "tier", 1.0),
    ]:
        model = LogisticRegression(C=c, tol=1e-12, max_iter=100_000, solver="newton-cg")
        pipeline = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler(), model)
        pipeline.fit(x, y[label])
        prediction = pipeline.predict_proba(x)
        fixtures.write(
            f"training_{name}",
            "training",
            document(kind, pipeline),
            x,
            prediction=prediction[:, 1] if kind == "logistic" else prediction,
            labels=y[label].astype(int).tolist(),
            c=c,
        )
