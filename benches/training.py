"""Labels, training sets and the embedded model. Standard library and psql only.

The unit of the training set is one feature_matrix() of its last year; times of reads are the server's own (EXPLAIN ANALYZE).
"""
import argparse
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from features import peak_memory  # noqa: E402
from season import explain_ms, psql, rounds, table  # noqa: E402

YEARS = [2016, 2017, 2018, 2019, 2020]
ARRAY = f"'{{{','.join(map(str, YEARS))}}}'"
EVERYBODY = f"{ARRAY}, population => 'all'"


def reads(n):
    contestants = {
        "feature_matrix(), one year (unit)": f"SELECT * FROM dynasty.feature_matrix({YEARS[-1]})",
        "derive_labels(), one year": f"SELECT * FROM dynasty.derive_labels({YEARS[-1]})",
        "training_set(), five years, everybody": f"SELECT * FROM dynasty.training_set({EVERYBODY})",
        "training_set(), five years, known by then": f"SELECT * FROM dynasty.training_set({ARRAY})",
        "training_set_summary(), everybody: the digest": f"SELECT * FROM dynasty.training_set_summary({EVERYBODY})",
    }
    for query in contestants.values():
        explain_ms(query)  # warm
    return rounds(n, {name: (lambda q=query: explain_ms(q)) for name, query in contestants.items()})


def training():
    """Seconds, and what the model says of itself."""
    query = f"SELECT metrics FROM dynasty.fit_model({EVERYBODY}, test_share => 0)"
    begun = time.monotonic()
    metrics = json.loads(psql(query))
    return time.monotonic() - begun, metrics


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    measured = reads(a.rounds)
    counts = psql(f"SELECT row_count FROM dynasty.training_set_summary({EVERYBODY})").strip()
    known = psql(f"SELECT row_count FROM dynasty.training_set_summary({ARRAY})").strip()
    memory = {name: peak_memory(query) for name, query in (
        ("training_set()", f"SELECT * FROM dynasty.training_set({EVERYBODY})"),
        ("fit_model() with a given penalty", f"SELECT penalty FROM dynasty.fit_model({EVERYBODY}, test_share => 0, lambda => 30, folds => 0)"))}
    seconds, metrics = training()
    text = f"""
## Labels, training sets, the embedded model

Years {YEARS[0]} to {YEARS[-1]}: {int(counts):,} rows of everybody, {int(known):,} of whom something was known. Medians of {a.rounds} rounds; `x` is the median
ratio to the unit of the same round.

{table(measured, "feature_matrix(), one year (unit)").replace("x feature_matrix(), one year (unit)", "x unit")}

fit_model(), logistic, {metrics["train_rows"]:,} rows of 290 features, the penalty chosen by {metrics["folds"]}-fold cross-validation among
{len(metrics["tried"])} ({metrics["lambda"]:g}): {seconds:.1f} s, cross-validated AUC {metrics["cross_validated"]["auc"]:.3f}, Brier {metrics["cross_validated"]["brier"]:.4f}.

Private memory of a fresh backend at its peak: {", ".join(f"{k} {v:.0f} MiB" for k, v in memory.items())}.
"""
    with open(a.out, "a") as out:
        out.write(text)
    print(text)


if __name__ == "__main__":
    main()
