"""Are boosted trees ahead of the logistic model that is trained in the database? On the same rows, in years that none has seen.

Rows come from dynasty.training_set(population 'prospects'); the logistic model is dynasty.train_model() with its defaults; LightGBM
and perpetual (the Python face of the crate of that name) are given the same features as float64, NULL as NaN. LightGBM's number of rounds
is chosen by 5 folds in which a prospect's rows stay together, as the penalty of the logistic model is. AUC and log loss of all rows of
the test years and of those who have never been in the majors. psql's environment says where the server is.

Usage (or benches/boosted.sh): boosted.py FEATURE_SET TRAIN_YEARS:TEST_YEARS...      boosted.py v1.0 2013,2014,2015:2016,2017
"""
import sys
import time
import zlib

import lightgbm as lgb
import numpy as np
import psycopg
from perpetual import PerpetualBooster
from sklearn.metrics import log_loss, roc_auc_score

GENTLE = {"objective": "binary", "learning_rate": 0.03, "num_leaves": 7, "min_data_in_leaf": 30, "feature_fraction": 0.5, "bagging_fraction": 0.8,
          "bagging_freq": 1, "lambda_l2": 5.0, "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 1, "verbose": -1}
USUAL = {"objective": "binary", "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 1, "verbose": -1}


def rows(db, years, features):
    got = db.execute("""SELECT t.prospect_id, t.as_of_year, t.feature_values, t.is_success, p.status = 'never debuted'
                        FROM dynasty.training_set(%s, version => %s) t JOIN dynasty.population(%s) p USING (prospect_id, as_of_year)
                        ORDER BY 2, 1""", (years, features, years), binary=True).fetchall()
    x = np.array([[np.nan if v is None else v for v in r[2]] for r in got], dtype=float)
    return x, np.array([r[3] for r in got], dtype=int), np.array([r[0] for r in got]), np.array([r[4] for r in got]), [(r[0], r[1]) for r in got]


def logistic(db, years, features, train, test):
    db.execute("DELETE FROM dynasty.ml_models WHERE name = 'boosted_bench'")
    db.execute("SELECT dynasty.train_model('boosted_bench', '1', as_of_years => %s, feature_set_version => %s, test_share => 0)", (years, features))
    said = {}
    for year in sorted({y for _, y in test[4]}):
        said |= {(i, year): p for i, p in db.execute("SELECT prospect_id, success_probability FROM dynasty.predict_matrix('boosted_bench', %s)", (year,))}
    db.execute("DELETE FROM dynasty.ml_models WHERE name = 'boosted_bench'")
    return np.array([float(said[key]) for key in test[4]])


def lightgbm(parameters, rounds=None):
    def fit(db, years, features, train, test):
        x, y, who = train[:3]
        n = rounds
        if n is None:
            fold = np.array([zlib.crc32(str(i).encode()) % 5 for i in who])
            parts = [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(5)]
            tried = lgb.cv(parameters, lgb.Dataset(x, y), 600, folds=parts, metrics="binary_logloss")
            n = int(np.argmin(tried["valid binary_logloss-mean"])) + 1
        return lgb.train(parameters, lgb.Dataset(x, y), n).predict(test[0])
    return fit


def perpetual(budget):
    def fit(db, years, features, train, test):
        model = PerpetualBooster(objective="LogLoss", budget=budget, num_threads=1)
        model.fit(train[0], train[1])
        return model.predict_proba(test[0])[:, 1]
    return fit


CONTENDERS = [("logistic, in the database", logistic), ("LightGBM, 100 rounds as it comes", lightgbm(USUAL, 100)), ("LightGBM, shallow, rounds by folds", lightgbm(GENTLE)),
              ("perpetual, budget 0.5", perpetual(0.5)), ("perpetual, budget 1.0", perpetual(1.0))]


def main():
    features, pairs = sys.argv[1], sys.argv[2:]
    print("| trained on | asked about | rows | model | AUC | log loss | mean / rate | AUC never debuted | log loss | s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with psycopg.connect(autocommit=True) as db:
        db.execute("SET client_min_messages = error")
        for pair in pairs:
            years, asked = ([int(y) for y in part.split(",")] for part in pair.split(":"))
            train, test = rows(db, years, features), rows(db, asked, features)
            y, new = test[1], test[3]
            for name, fit in CONTENDERS:
                begin = time.perf_counter()
                p = np.clip(fit(db, years, features, train, test), 1e-6, 1 - 1e-6)
                took = time.perf_counter() - begin
                print(f"| {years[0]}-{years[-1]} | {asked[0]}-{asked[-1]} | {len(train[1])} / {len(y)} | {name} | {roc_auc_score(y, p):.3f} | {log_loss(y, p):.4f} | {p.mean():.3f} / {y.mean():.3f} "
                      f"| {roc_auc_score(y[new], p[new]):.3f} | {log_loss(y[new], p[new]):.4f} | {took:.1f} |", flush=True)


if __name__ == "__main__":
    main()
