#!/usr/bin/env bash
# Keeping season statistics: dynasty beside a materialized view, pg_ivm and TimescaleDB, as far as the machine's server has
# them (Debian has neither). A cluster of its own, because they must be preloaded. Appends to a file of results.
# Usage: keepers.sh OUT ROUNDS
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"
out=$1 rounds=$2
cluster=$ROOT/pgrx-config/cluster.sh
home=$("$cluster" new --fsync)
trap '"$cluster" destroy "$home"' EXIT
eval "$("$cluster" env "$home")"
extensions=$(psql -XAtc "SELECT string_agg(name, ',' ORDER BY name DESC) FROM pg_available_extensions WHERE name IN ('pg_ivm', 'timescaledb')")
for name in pg_ivm timescaledb; do
    if [[ ,$extensions, != *,$name,* ]]; then
        note="SKIPPED $name: the server in $("$PG_CONFIG" --pkglibdir) does not have it"
        echo "$note"
        printf '\n%s\n' "$note" | sed "s|in $("$PG_CONFIG" --pkglibdir) ||" >>"$out"
    fi
done
psql -Xq -c "ALTER SYSTEM SET shared_buffers = '1GB'" -c "ALTER SYSTEM SET max_parallel_workers_per_gather = 0" \
    -c "ALTER SYSTEM SET work_mem = '64MB'" -c "ALTER SYSTEM SET max_wal_size = '4GB'" \
    -c "ALTER SYSTEM SET shared_preload_libraries = ${extensions:-''}" -c "ALTER SYSTEM SET max_locks_per_transaction = 256"
if [[ $extensions = *timescaledb* ]]; then psql -Xq -c "ALTER SYSTEM SET timescaledb.telemetry_level = off" 2>/dev/null || true; fi
"$cluster" stop "$home" && "$cluster" start "$home"
createdb bench
export PGDATABASE=bench
scratch=$(mktemp -d "$home/bench-XXXXXX")
chmod 777 "$scratch"
python3 "$ROOT/benches/keepers.py" --scratch "$scratch" --prospects "${PROSPECTS:-9000}" --rounds "$rounds" --extensions "$extensions" --out "$out"
