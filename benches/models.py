"""Models: scoring and explaining everybody in the server, against the same through Python.

Two Python programs: a plain one, which reads the jsonb of features and writes row by row in one pipeline (executemany), and a careful one:
psycopg's binary protocol, float8[], one numpy matrix, COPY back. Both have xgboost on both cores. All read the stored vectors of
dynasty.ml_features and write dynasty.ml_predictions, which is empty before each round. Needs the packages
of benches/requirements.txt; psql's environment says where the server is.
"""
import argparse
import json
import os
import pathlib
import statistics
import sys
import time

import numpy as np
import psycopg
import xgboost as xgb

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from season import rounds, table  # noqa: E402

YEAR, TRAIN = 2024, [2014, 2016, 2018, 2019]
TREES, DEPTH = 800, 6
CORES = 2


def matrix(values):
    return np.array([[np.nan if v is None else v for v in row] for row in values], dtype=np.float32)


def train(db, names):
    x, y = [], []
    for year in TRAIN:
        for values, success in db.execute(
                "SELECT f.feature_values, l.is_success FROM dynasty.feature_matrix(%s) f JOIN dynasty.derive_labels(%s, %s, 2024) l USING (prospect_id)",
                (year, year, year + 4), binary=True):
            x.append(values)
            y.append(success)
    data = xgb.DMatrix(matrix(x), label=np.array(y, dtype=int), feature_names=names)
    parameters = {"objective": "binary:logistic", "max_depth": DEPTH, "eta": 0.03, "subsample": 0.8, "colsample_bytree": 0.5,
                  "min_child_weight": 0.2, "nthread": CORES, "seed": 1}
    return xgb.train(parameters, data, TREES)


def read(db):
    got = db.execute("SELECT prospect_id, feature_values FROM dynasty.ml_features WHERE as_of_year = %s AND feature_set_version = 'v1.0' ORDER BY 1",
                     (YEAR,), binary=True).fetchall()
    return [r[0] for r in got], matrix([r[1] for r in got])


def confidence(p):
    return "High" if p >= 0.8 or p <= 0.2 else "Medium" if p >= 0.65 or p <= 0.35 else "Low"


def write(db, ids, p, phi=None, names=None):
    with db.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE incoming (prospect_id int, p numeric(4,3), confidence text, shap jsonb) ON COMMIT DROP")
        with cursor.copy("COPY incoming FROM STDIN") as copy:
            for i, who in enumerate(ids):
                shown = round(float(p[i]), 3)
                shap = None if phi is None else json.dumps(dict(zip(names, phi[i, :-1].tolist())))
                copy.write_row((who, f"{shown:.3f}", confidence(shown), shap))
        cursor.execute("""INSERT INTO dynasty.ml_predictions (prospect_id, model_version, prediction_date, success_probability, predicted_class, confidence_level, shap_values)
            SELECT prospect_id, 'bench:1', '2024-12-31', p, p >= 0.5, confidence, shap FROM incoming
            ON CONFLICT (prospect_id, model_version, prediction_date) DO UPDATE SET success_probability = excluded.success_probability,
                predicted_class = excluded.predicted_class, confidence_level = excluded.confidence_level, shap_values = excluded.shap_values""")


def python_scores(db, booster, names):
    ids, x = read(db)
    write(db, ids, booster.predict(xgb.DMatrix(x, feature_names=names)))
    db.commit()


def plain_scores(db, booster, names):
    rows = db.execute("SELECT prospect_id, feature_vector FROM dynasty.ml_features WHERE as_of_year = %s AND feature_set_version = 'v1.0'", (YEAR,)).fetchall()
    x = matrix([[vector[name] for name in names] for _, vector in rows])
    p = booster.predict(xgb.DMatrix(x, feature_names=names))
    shown = [round(float(v), 3) for v in p]
    with db.cursor() as cursor:
        cursor.executemany("""INSERT INTO dynasty.ml_predictions (prospect_id, model_version, prediction_date, success_probability, predicted_class, confidence_level)
            VALUES (%s, 'bench:1', '2024-12-31', %s, %s, %s) ON CONFLICT (prospect_id, model_version, prediction_date) DO UPDATE SET
                success_probability = excluded.success_probability, predicted_class = excluded.predicted_class, confidence_level = excluded.confidence_level""",
            [(who, p, p >= 0.5, confidence(p)) for (who, _), p in zip(rows, shown)])
    db.commit()


def python_explains(db, booster, names):
    ids, x = read(db)
    data = xgb.DMatrix(x, feature_names=names)
    write(db, ids, booster.predict(data), booster.predict(data, pred_contribs=True), names)
    db.commit()


def in_server(db, explain):
    db.execute("SELECT dynasty.predict_all('bench', %s, '2024-12-31', explain => %s)", (YEAR, explain))
    db.commit()


def timed(db, work):
    db.execute("TRUNCATE dynasty.ml_predictions")
    db.commit()
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def only(work):
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    db = psycopg.connect("")
    db.execute("SET client_min_messages = warning")
    names = db.execute("SELECT dynasty.feature_names()").fetchone()[0]
    booster = train(db, names)
    booster.set_param({"nthread": CORES})
    document = bytes(booster.save_raw("json")).decode()
    db.execute("DELETE FROM dynasty.ml_predictions")
    db.execute("DELETE FROM dynasty.ml_models WHERE name = 'bench'")
    db.execute("SELECT dynasty.register_model('bench', '1', 'xgboost', %s)", (document,))
    # Also the years that comparable prospects come from, as in a database that is in use.
    for year in (YEAR, YEAR - 4, YEAR - 5, YEAR - 6):
        db.execute("SELECT dynasty.refresh_features(%s)", (year,))
    db.commit()
    ids, x = read(db)
    data = xgb.DMatrix(x, feature_names=names)
    nodes = sum(len(t["left_children"]) for t in json.loads(document)["learner"]["gradient_booster"]["model"]["trees"])

    scoring = rounds(a.rounds, {
        "read jsonb, predict, executemany through Python": lambda: timed(db, lambda: plain_scores(db, booster, names)),
        "read float8[], predict, COPY through Python": lambda: timed(db, lambda: python_scores(db, booster, names)),
        "predict_all(explain => false)": lambda: timed(db, lambda: in_server(db, False)),
    })
    # Few rounds: they take long.
    explaining = rounds(max(1, min(a.rounds, 3)), {
        "xgboost pred_contribs alone, 2 threads": lambda: only(lambda: booster.predict(data, pred_contribs=True)),
        "read, predict, pred_contribs, write JSON through Python": lambda: timed(db, lambda: python_explains(db, booster, names)),
        "predict_all(), with contributions, texts and comparables": lambda: timed(db, lambda: in_server(db, True)),
    })
    one = []
    for who in ids[:: max(1, len(ids) // 200)]:
        begun = time.perf_counter()
        db.execute("SELECT * FROM dynasty.predict('bench', %s, %s)", (who, YEAR), prepare=True).fetchall()
        one.append(1000 * (time.perf_counter() - begun))
    text = f"""
## Models

{len(ids):,} prospects, 290 features, as of {YEAR}; an XGBoost model of {TREES} trees of depth {DEPTH}, {nodes:,} nodes; xgboost {xgb.__version__} on {CORES} threads,
the server on one. Medians; `x` is the median ratio of the same round.

{table(scoring, "predict_all(explain => false)")}

{table(explaining, "xgboost pred_contribs alone, 2 threads")}

One prospect from his games: `predict('bench', id, {YEAR})`, {len(one)} calls over one connection: median {statistics.median(one):.2f} ms.
"""
    with open(a.out, "a") as out:
        out.write(text)
    print(text)


if __name__ == "__main__":
    # A server started by cluster.sh is reached by the environment alone.
    os.environ.setdefault("PGDATABASE", "postgres")
    main()
