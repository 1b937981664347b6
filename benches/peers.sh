#!/usr/bin/env bash
# What users do today, on the same rows in the same run: pandas, polars, DuckDB and plain SQL (60 features each) beside
# feature_matrix() (290). Appends to a file of results. The peers' scripts are not part of this repo: DYNASTY_PEERS names
# their directory. Usage: peers.sh OUT ROUNDS, with PG* naming a server that listens on TCP and a database with a league.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"
out=$1 rounds=$2
peers=$(realpath -m "${DYNASTY_PEERS:-$ROOT/../shared/bench/peers}")
if [ ! -f "$peers/run_features.py" ]; then
    note="SKIPPED peers: no scripts in DYNASTY_PEERS (default ../shared/bench/peers)"
    echo "$note"
    printf '\n## Side by side\n\n%s\n' "$note" >>"$out"
    exit 0
fi
venv=$TARGET/tools/venv-peers
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check -r "$ROOT/benches/peers/requirements.txt"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export BENCH_OUT=$work/out PYTHONPATH=$peers PYTHONDONTWRITEBYTECODE=1
mkdir -p "$BENCH_OUT"
psql -Xq -c "ALTER DATABASE \"$PGDATABASE\" SET search_path = dynasty, public"
BENCH_EXTRA="dynasty feature_matrix(), 290 features=$venv/bin/python $ROOT/benches/peers/dynasty_peer.py" \
    "$venv/bin/python" "$peers/run_features.py" "$rounds" >"$work/features"
"$venv/bin/python" "$peers/agree.py" >"$work/agree" || { cat "$work/agree"; exit 1; }
# The pandas script fails for somebody without games both at home and away; all contestants look up those who have them.
psql -Xq -c "CREATE SCHEMA peers" -c "CREATE TABLE peers.prospects (LIKE dynasty.prospects INCLUDING INDEXES)" \
    -c "INSERT INTO peers.prospects SELECT * FROM dynasty.prospects p WHERE
        (SELECT count(*) FILTER (WHERE is_home) >= 20 AND count(*) FILTER (WHERE NOT is_home) >= 20
         FROM dynasty.milb_game_logs l WHERE l.prospect_id = p.id AND plate_appearances > 0)" \
    -c "ANALYZE peers.prospects" -c "ALTER DATABASE \"$PGDATABASE\" SET search_path = peers, dynasty, public"
BENCH_LOOKUP_EXTRA='dynasty prospect_features(), 290 features and documents=SELECT * FROM dynasty.prospect_features(%(p)s, 2024);dynasty feature_matrix() of one, 290 features=SELECT * FROM dynasty.feature_matrix(2024, $$v1.0$$, ARRAY[%(p)s::integer])' \
    "$venv/bin/python" "$peers/run_lookup.py" 200 >"$work/lookup"
"$venv/bin/python" "$ROOT/benches/peers/lookup_server.py" 200 >"$work/server"
psql -Xq -c "DROP SCHEMA peers CASCADE" -c "ALTER DATABASE \"$PGDATABASE\" RESET search_path"
{
    printf '\n## Side by side\n\n'
    printf 'The peers compute 60 of the features, dynasty all 290; same rows, same run, interleaved; client time, until a matrix is in\n'
    printf 'the client. Versions: %s.\n\n' "$("$venv/bin/pip" freeze | grep -E '^(pandas|polars|duckdb|connectorx|psycopg)=' | paste -sd' ')"
    cat "$work/features"
    printf '\nEverybody'"'"'s 60 features agree (to 1e-9 and on NULLs):\n\n```\n'
    cat "$work/agree"
    printf '```\n\nOne prospect, over the wire (60 features; dynasty 290). The values that differ are the peers'"'"' features against the level: with one\nprospect read, they have no norms; dynasty computes those too.\n\n'
    cat "$work/lookup"
    printf '\n'
    cat "$work/server"
} >>"$out"
sed -n '/^## Side by side/,$p' "$out"
