"""feature_matrix() in the peers' own harness: all 290 features into a numpy matrix of the client; the 60 that the peers
compute too are written out for agree.py. Prints the peers' one line of JSON."""
import sys
import time

import numpy as np
import psycopg
from common import NAMES, YEAR, finish, url

connection = psycopg.connect(url(), autocommit=True)
started = time.perf_counter()
rows = connection.cursor(binary=True).execute(f"SELECT * FROM dynasty.feature_matrix({YEAR})").fetchall()
matrix = np.array([values for _, values in rows], dtype=float)
ended = time.perf_counter()
ids = np.array([prospect for prospect, _ in rows])
names = connection.execute("SELECT dynasty.feature_names()").fetchone()[0]
if matrix.shape[1] != 290:
    sys.exit(f"{matrix.shape[1]} features")
# The NULL rules of the roles are in the values already.
table = {"prospect_id": ids, "hitter_role": np.ones(len(ids), bool), **{n: matrix[:, names.index(n)] for n in NAMES}}
finish("dynasty", table, started, started, ended)
