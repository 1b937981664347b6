#!/usr/bin/env bash
# The benchmarks behind the figures in the docs: a private cluster, a simulated league, every ratio in one run.
# Writes benches/RESULTS.md. PROSPECTS=9000 ROUNDS=5 by default.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"

cluster=$ROOT/pgrx-config/cluster.sh
home=$("$cluster" new --fsync)
trap '"$cluster" destroy "$home"' EXIT
eval "$("$cluster" env "$home")"
psql -Xq -c "ALTER SYSTEM SET shared_buffers = '1GB'" -c "ALTER SYSTEM SET max_parallel_workers_per_gather = 0" \
    -c "ALTER SYSTEM SET work_mem = '256MB'"
"$cluster" stop "$home" && "$cluster" start "$home"
createdb bench
export PGDATABASE=bench
# COPY FROM a file is the server's: it must be able to read the directory.
scratch=$(mktemp -d "$home/bench-XXXXXX")
chmod 777 "$scratch"
python3 "$ROOT/benches/season.py" --scratch "$scratch" --data "$home/data" \
    --prospects "${PROSPECTS:-9000}" --rounds "${ROUNDS:-5}" --out "$ROOT/benches/RESULTS.md"
