#!/usr/bin/env bash
# The benchmarks behind the figures in the docs: a private cluster, a simulated league, every ratio in one run.
# Writes benches/RESULTS.md. PROSPECTS=9000 ROUNDS=5 by default.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"

cluster=$ROOT/pgrx-config/cluster.sh
# One of the peers (connectorx) knows TCP only: this server listens on the loopback, on a port that is free.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
home=$("$cluster" new --fsync "$port")
trap '"$cluster" destroy "$home"' EXIT
eval "$("$cluster" env "$home")"
psql -Xq -c "ALTER SYSTEM SET shared_buffers = '1GB'" -c "ALTER SYSTEM SET max_parallel_workers_per_gather = 0" -c "ALTER SYSTEM SET max_connections = 150" \
    -c "ALTER SYSTEM SET work_mem = '256MB'" -c "ALTER SYSTEM SET listen_addresses = '127.0.0.1'"
"$cluster" stop "$home" && "$cluster" start "$home"
createdb bench
export PGDATABASE=bench
# COPY FROM a file is the server's: it must be able to read the directory.
scratch=$(mktemp -d "$home/bench-XXXXXX")
chmod 777 "$scratch"
python3 "$ROOT/benches/season.py" --scratch "$scratch" --data "$home/data" \
    --prospects "${PROSPECTS:-9000}" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
# The benchmark of the writers has added rows of its own; the features are measured on the league as it was made.
psql -Xq -c "SET client_min_messages = warning" -c "DROP EXTENSION dynasty CASCADE" -c "DROP SCHEMA dynasty, dynasty_ops CASCADE" \
    -c "CREATE EXTENSION dynasty CASCADE" -c "SELECT FROM dynasty.simulate_league(${PROSPECTS:-9000}, 2010, 2024, 1)" -c "VACUUM ANALYZE"
python3 "$ROOT/benches/features.py" --prospects "${PROSPECTS:-9000}" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
python3 "$ROOT/benches/refresh.py" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
python3 "$ROOT/benches/ops.py" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
"$ROOT/benches/peers.sh" "$ROOT/benches/RESULTS.md" "${ROUNDS:-5}"
python3 "$ROOT/benches/training.py" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
# Models are compared with xgboost itself, which needs its package.
venv=$TARGET/tools/venv-bench
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check -r "$ROOT/benches/requirements.txt"
"$venv/bin/python" "$ROOT/benches/models.py" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
createdb boards
PGDATABASE=boards "$venv/bin/python" "$ROOT/benches/boards.py" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
createdb odds
psql -Xq -d odds -c "SET client_min_messages = warning" -c "CREATE EXTENSION dynasty CASCADE"
PGDATABASE=odds "$venv/bin/python" "$ROOT/benches/odds.py" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
dropdb odds
"$ROOT/benches/keepers.sh" "$ROOT/benches/RESULTS.md" "${ROUNDS:-5}"
