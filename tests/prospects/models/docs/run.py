"""Runs the examples of docs/prospects/models.md that train and measure models, as a reader would: the Python ones in one session, the SQL ones by
psql. Then looks at what they left behind. psql's environment says where the server is; the database must have the extension and
no prospects. Usage: run.py docs/prospects/models.md (in a directory that may be written to)."""

import re
import subprocess
import sys

SECTIONS = ["From a training set to a model in Python, and back", "Training in the database", "Was it any good"]


def psql(sql):
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"], input=sql, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"FAILED {done.stderr}\n{sql}")
    return done.stdout.strip()


def examples(text):
    """(section, language, code) of each block."""
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        title, body = part.split("\n", 1)
        if title in SECTIONS:
            for language, code in re.findall(r"^```(python|sql)\n(.*?)^```$", body, flags=re.M | re.S):
                yield title, language, code


def main():
    text = open(sys.argv[1]).read()
    psql("SET client_min_messages = warning; SELECT FROM dynasty.simulate_league(1500, 2010, 2024, 11)")
    session, done = {}, set()
    for title, language, code in examples(text):
        if language == "python":
            exec(compile(code, sys.argv[1], "exec"), session)
        else:
            psql(code)
        done.add(title)
        print(f"ok docs: {title}, {language}")
    assert done == set(SECTIONS), f"sections without an example: {set(SECTIONS) - done}"
    check(session)


def check(session):
    import numpy as np

    con, names, booster, xgb = (session[name] for name in ("con", "names", "booster", "xgb"))
    # What the database says is what the library says, of a year it was not trained on.
    rows = con.execute("""SELECT m.feature_values, p.success_probability FROM dynasty.feature_matrix(2019) m
                          JOIN dynasty.predict_matrix('xgb', 2019) p USING (prospect_id)""").fetchall()
    there = booster.predict(xgb.DMatrix(np.array([r[0] for r in rows], dtype=float), feature_names=names))
    apart = float(np.max(np.abs(there - np.array([r[1] for r in rows]))))
    assert len(rows) > 1000 and apart < 1e-6, apart
    print(f"ok docs: {len(rows)} predictions of the registered model, apart by {apart:.1e} at most")
    frame, x = session["frame"], session["x"]
    assert np.array_equal(frame[names].to_numpy(dtype=float), x, equal_nan=True)
    with open("training.csv") as file:
        assert file.readline().strip().split(",")[7:] == names and sum(1 for _ in file) == len(x)
    print(f"ok docs: frame and file hold the same {len(x)} rows of {len(names)} features")
    same = con.execute("SELECT is_same FROM dynasty.check_training_set(%s)", [session["digest"]]).fetchone()
    auc = con.execute("SELECT auc FROM dynasty.model_performance('base', 2019)").fetchone()
    assert same == (True,) and auc[0] > 0.8, (same, auc)
    print("ok docs: the training set can be made again")
    parity(con, np)


def parity(con, np):
    """The embedded model against scikit-learn on the exported set; figures against scikit-learn and scipy."""
    from scipy.stats import ks_2samp
    from sklearn.calibration import calibration_curve
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    years, penalty = [2014, 2015, 2016, 2017], 30.0
    # As scikit-learn is often used: a weight per prospect and a column for the absence of everything; and with neither.
    ways = [("logistic", "is_success", "prospect", "all"), ("logistic", "is_success", "none", "none"), ("multinomial", "success_tier", "prospect", "all")]
    for kind, label, weights, indicators in ways:
        rows = con.execute(f"SELECT feature_values, {label}, weight, prospect_id, as_of_year FROM dynasty.training_set(%s) WHERE split = 'train'", [years]).fetchall()
        x = np.array([r[0] for r in rows], dtype=float)
        x[:, np.isnan(x).all(axis=0)] = 0  # the imputer would leave such a column out
        y, weight = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
        model = make_pipeline(SimpleImputer(add_indicator=indicators == "all"), StandardScaler(), LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=20_000))
        model.fit(x, y, logisticregression__sample_weight=weight if weights == "prospect" else None)
        name = f"sk-{kind[:5]}-{weights}"
        con.execute("SELECT dynasty.train_model(%s, '1', %s, %s::int[], lambda => %s, folds => 0, weights => %s, indicators => %s)",
                    [name, kind, years, penalty, weights, indicators])
        ours = dict(((r[0], r[1]), r[2]) for r in con.execute(
            "SELECT p.prospect_id, y, p.predictions FROM unnest(%s::int[]) y CROSS JOIN LATERAL dynasty.predict_matrix(%s, y) p", [years, name]))
        here = np.array([ours[(r[3], r[4])] for r in rows])
        theirs = model.predict_proba(x)
        if kind == "logistic":
            theirs = theirs[:, 1:]
        else:
            classes = con.execute("SELECT classes FROM dynasty.ml_models WHERE name = %s", [name]).fetchone()[0]
            theirs = theirs[:, [list(model.classes_).index(c) for c in classes]]
        apart = float(np.max(np.abs(here - theirs)))
        assert apart < 1e-5, (kind, apart)
        print(f"ok train_model {kind}, weights {weights}, indicators {indicators}: {len(rows)} rows as scikit-learn, apart by {apart:.1e} at most")

    rows = con.execute("SELECT success_probability::float8, is_success FROM dynasty.judged_predictions('base', 2019)").fetchall()
    p, y = np.array([r[0] for r in rows]), np.array([r[1] for r in rows], dtype=int)
    brier, loss, auc = con.execute("SELECT brier, log_loss, auc FROM dynasty.model_performance('base', 2019)").fetchone()
    assert abs(brier - brier_score_loss(y, p)) < 1e-12 and abs(auc - roc_auc_score(y, p)) < 1e-12
    assert abs(loss - log_loss(y, np.clip(p, 0.0005, 0.9995))) < 1e-12
    table = con.execute("SELECT success_rate, mean_probability FROM dynasty.calibration_table('base', 2019)").fetchall()
    assert np.allclose(np.array(table).T, calibration_curve(y, p, n_bins=10), atol=1e-12)
    print(f"ok monitoring: {len(p)} predictions measured as scikit-learn does")
    names = con.execute("SELECT dynasty.feature_names()").fetchone()[0]
    then = np.array([r[0] for r in con.execute("SELECT feature_values FROM dynasty.training_set(%s) WHERE split = 'train'", [years])], dtype=float)
    now = np.array([r[0] for r in con.execute("SELECT feature_values FROM dynasty.training_set('{2024}', include_open => true)")], dtype=float)
    apart = 0.0
    for feature, ks in con.execute("SELECT feature, ks FROM dynasty.feature_drift('base', 2024) WHERE ks IS NOT NULL"):
        a, b = (side[:, names.index(feature)] for side in (then, now))
        apart = max(apart, abs(ks - ks_2samp(a[~np.isnan(a)], b[~np.isnan(b)], method="asymp").statistic))
    assert apart < 1e-12, apart
    print("ok monitoring: Kolmogorov-Smirnov distances as scipy's")


if __name__ == "__main__":
    main()
