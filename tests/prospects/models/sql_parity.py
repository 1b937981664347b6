"""SQL against the libraries: models of XGBoost, LightGBM and scikit-learn on a simulated league's features, over thousands of
rows with missing values. Predictions to 1e-6, contributions to 1e-5 (of the row's margin or base value where that is above 1).

psql's environment says where the server is; the database must have the extension and no prospects.
"""

import json
import subprocess
import warnings

import lightgbm as lgb
import numpy as np
import xgboost as xgb
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import sklearn_models

warnings.filterwarnings("ignore")
TRAIN, SCORE = [2013, 2014, 2015, 2016], [2018, 2021, 2024]
TIERS = ["Failed", "Marginal", "Solid", "Star"]
CLASSES = "{" + ",".join(TIERS) + "}"


def psql(sql, **variables):
    arguments = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
    for name, value in variables.items():
        arguments += ["-v", f"{name}={value}"]
    done = subprocess.run(arguments, input=sql, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def rows(sql):
    return [json.loads(line) for line in psql(sql).splitlines()]


def numbers(lists):
    return np.array([[np.nan if v is None else v for v in values] for values in lists], dtype=float)


def register(name, kind, document, classes=None):
    """The document goes in by a dollar quote: a psql variable has no room for it."""
    classes = f"'{classes}'" if classes else "NULL"
    psql(f"SELECT dynasty.register_model('{name}', '1', '{kind}', $document${document}$document$, classes => {classes});")


def worst(ours, theirs, scale):
    return float(np.max(np.abs(ours - theirs) / np.maximum(scale, 1)))


class Parity:
    def __init__(self, name, names, vectors):
        self.name, self.names, self.vectors = name, names, vectors
        self.failed = False

    def check(self, what, apart, most):
        # NaN is not small either.
        good = apart <= most
        self.failed |= not good
        print(f"{'ok     ' if good else 'FAILED '} sql {self.name} {what}: {apart:.1e}, at most {most:.0e}")

    def compare(self, predict, contributions, explained):
        """predict(x): rows by outputs; contributions(x): rows by outputs by features and base; explained: outputs to one."""
        ours, theirs, margins, bases, phis, sums = [], [], [], [], [], []
        for year, (ids, x) in self.vectors.items():
            got = rows(f"SELECT json_build_array(prospect_id, predictions) FROM dynasty.predict_matrix('{self.name}', {year})")
            assert [r[0] for r in got] == ids
            ours.append(np.array([r[1] for r in got]))
            theirs.append(predict(x))
            psql(f"SELECT dynasty.predict_all('{self.name}', {year}, '{year}-12-31')")
            got = rows(f"""SELECT json_build_array(p.shap_values, p.base_value, p.margin) FROM dynasty.ml_predictions p
                WHERE p.model_version = '{self.name}:1' AND p.as_of_year = {year} ORDER BY p.prospect_id""")
            assert len(got) == len(ids)
            right = explained(contributions(x))
            mine = np.array([[r[0][n] for n in self.names] for r in got])
            phis.append((mine, right[:, :-1]))
            bases.append((np.array([r[1] for r in got]), right[:, -1]))
            margins.append(np.array([r[2] for r in got]))
            sums.append(mine.sum(axis=1) + bases[-1][0])
        ours, theirs, margin = np.vstack(ours), np.vstack(theirs), np.concatenate(margins)
        self.check(f"predictions of {len(ours)} rows", worst(ours, theirs, 1), 1e-6)
        base = [np.concatenate(b) for b in zip(*bases)]
        scale = np.maximum(np.abs(margin), np.abs(base[1]))
        phi = [np.vstack(p) for p in zip(*phis)]
        self.check("contributions", worst(*phi, scale[:, None]), 1e-5)
        self.check("base value", worst(*base, scale), 1e-5)
        self.check("sum", worst(np.concatenate(sums), margin, scale), 1e-5)
        self.forms()

    def forms(self):
        """One prospect, and his features as JSON: to the bit what the matrix says."""
        year = list(self.vectors)[0]
        differ = psql(f"""SELECT count(*) FROM dynasty.predict_matrix('{self.name}', {year}) m,
                dynasty.predict('{self.name}', m.prospect_id, {year}) p,
                dynasty.prospect_features(m.prospect_id, {year}) f, dynasty.predict('{self.name}', f.feature_vector) j
            WHERE m.prospect_id % 5 = 0 AND (m.margins <> p.margins OR m.margins <> j.margins)""")
        self.check("forms that differ", int(differ), 0)


def first(phi):
    return phi[:, 0]


def success(phi):
    return phi[:, 1:].mean(axis=1) - phi[:, 0]


def three(phi, outputs):
    """LightGBM gives one long row."""
    return phi.reshape(len(phi), outputs, -1)


def main():
    psql("SET client_min_messages = warning; SELECT FROM dynasty.simulate_league(1000, 2010, 2024, 11);")
    names = rows("SELECT to_json(dynasty.feature_names())")[0]
    vectors, x, y, tier = {}, [], [], []
    for year in TRAIN:
        got = rows(f"""SELECT json_build_array(f.feature_values, l.is_success, l.success_tier) FROM dynasty.feature_matrix({year}) f
            JOIN dynasty.derive_labels({year}, {year + 4}, 2024) l USING (prospect_id)""")
        x += [r[0] for r in got]
        y += [r[1] for r in got]
        tier += [TIERS.index(r[2]) for r in got]
    x, y, tier = numbers(x), np.array(y, dtype=int), np.array(tier)
    for year in SCORE:
        got = rows(f"SELECT json_build_array(prospect_id, feature_values) FROM dynasty.feature_matrix({year})")
        vectors[year] = ([r[0] for r in got], numbers([r[1] for r in got]))
    # Half of the years from stored vectors, half computed.
    psql(f"SELECT dynasty.refresh_features({SCORE[0]}), dynasty.refresh_features({SCORE[2]});")
    failed = False

    for name, objective, rounds, explained in (("xgb", {"objective": "binary:logistic"}, 150, first),
                                               ("xgb-tier", {"objective": "multi:softprob", "num_class": 4}, 30, success)):
        tiers = explained is success
        data = xgb.DMatrix(x, label=tier if tiers else y, feature_names=names)
        booster = xgb.train({**objective, "max_depth": 5, "eta": 0.1, "colsample_bytree": 0.5, "nthread": 2, "seed": 1}, data, rounds)
        register(name, "xgboost", bytes(booster.save_raw("json")).decode(), CLASSES if tiers else None)

        def matrix(x):
            return xgb.DMatrix(x, feature_names=names)

        def contributions(x):
            phi = booster.predict(matrix(x), pred_contribs=True)
            return phi if phi.ndim == 3 else phi[:, None, :]
        parity = Parity(name, names, vectors)
        parity.compare(lambda x: booster.predict(matrix(x)).reshape(len(x), -1), contributions, explained)
        failed |= parity.failed

    for name, objective, rounds, explained in (("lgb", {"objective": "binary"}, 100, first),
                                               ("lgb-tier", {"objective": "multiclass", "num_class": 4}, 20, success)):
        tiers = explained is success
        data = lgb.Dataset(x, label=tier if tiers else y, feature_name=names)
        booster = lgb.train({**objective, "num_leaves": 31, "verbose": -1, "seed": 1, "deterministic": True, "num_threads": 2}, data, rounds)
        register(name, "lightgbm", booster.model_to_string(), CLASSES if tiers else None)
        parity = Parity(name, names, vectors)
        parity.compare(lambda x: booster.predict(x).reshape(len(x), -1),
                       lambda x: three(booster.predict(x, pred_contrib=True), 4 if tiers else 1), explained)
        failed |= parity.failed

    # A column without any value has nothing to be imputed with.
    known = [i for i in range(len(names)) if not np.isnan(x[:, i]).all()]
    sklearn_models.NAMES = [names[i] for i in known]
    for name, label, explained in (("logit", y, first), ("logit-tier", tier, success)):
        pipeline = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler(), LogisticRegression(max_iter=300))
        pipeline.fit(x[:, known], label)
        kind = "multinomial" if explained is success else "logistic"
        document = sklearn_models.document(kind, pipeline)
        document.pop("classes")
        register(name, "linear", json.dumps(document), CLASSES if explained is success else None)

        def probability(x):
            p = pipeline.predict_proba(x[:, known])
            return p if explained is success else p[:, 1:]
        parity = Parity(name, sklearn_models.NAMES, vectors)
        parity.compare(probability, lambda x: sklearn_models.contributions(pipeline, x[:, known]), explained)
        failed |= parity.failed
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
