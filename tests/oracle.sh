#!/usr/bin/env bash
# The product against an oracle: plain Python written from the contract alone, sharing no code with it (tests/oracle). In a
# simulated league made awkward, and with the real files of DYNASTY_DATA (default ../shared/data): of these the vectors of every
# 10th prospect, with the norms of all. Then what is kept current, after random statements. The oracle itself is checked first,
# against the values in ../expected from DYNASTY_DATA. ORACLE_SEED=n: another league, awkward otherwise.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
here=$ROOT/tests/oracle
export PYTHONDONTWRITEBYTECODE=1
log=$TARGET/results/oracle.log
mkdir -p "$(dirname "$log")"

# compare TABLES RESULTS CHECKS: a line per check, counted.
compare() {
    local status=0 bad
    python3 "$here/check.py" "$1" "$2" "$3" >"$log" 2>&1 || status=1
    cat "$log"
    PASSED=$((PASSED + $(grep -c '^ok ' "$log" || true)))
    bad=$(grep -c '^FAILED ' "$log" || true)
    FAILED=$((FAILED + bad))
    if [ "$status" != 0 ] && [ "$bad" = 0 ]; then failed "check.py $3"; fi
}

# in_database NAME: the results of NAME.sql and the tables, compared as NAME.jsonl says.
in_database() {
    local dir=$scratch/$1
    mkdir -p "$dir/tables" "$dir/results"
    if (cd "$dir/results" && psql -Xq -v ON_ERROR_STOP=1 -f "$here/$1.sql" && cd "$dir/tables" && psql -Xq -v ON_ERROR_STOP=1 -f "$here/tables.sql"); then
        compare "$dir/tables" "$dir/results" "$here/$1.jsonl"
    else
        failed "$1.sql"
    fi
    rm -rf "$dir"
}

data=$(realpath -m "${DYNASTY_DATA:-$ROOT/../shared/data}")
expected=$(realpath -m "$data/../expected")
if [ -r "$expected/tables/milb_game_logs.csv" ]; then
    compare "$expected/tables" "$expected" "$here/expected.jsonl"
else
    passed "expected values SKIPPED: none beside DYNASTY_DATA"
fi

use_cluster
seed=${ORACLE_SEED:-7}
scratch=$(mktemp -d)
dropdb --if-exists t_oracle 2>/dev/null
createdb -T dynasty_template t_oracle
export PGDATABASE=t_oracle
if psql -Xq -v ON_ERROR_STOP=1 -o /dev/null -c 'SET client_min_messages = warning' -c "SELECT * FROM dynasty.simulate_league(300, 2016, 2024, $seed)" \
    && psql -Xq -v ON_ERROR_STOP=1 -v seed="$seed" -f "$here/awkward.sql"; then
    in_database league
else
    failed "the league"
fi
unset PGDATABASE
dropdb t_oracle

# Statements: what is kept (season lines, stored vectors) against what it is kept from. Some fail, on a key that is there.
createdb -T dynasty_template t_oracle
python3 "$here/statements.py" "$seed" 150 | psql -XqAt -d t_oracle >"$log" 2>"$log.errors" || true
what="150 random statements and transactions"
if [ "$(wc -l <"$log")" = 1 ] && grep -qE '^checked 150, [1-9]' "$log" && [ "$(wc -l <"$log.errors")" -lt 15 ]; then
    passed "$what"
else
    failed "$what"
    head -n 20 "$log" "$log.errors"
fi
dropdb t_oracle

if [ -r "$data/milb_game_logs_2025.csv.gz" ]; then
    createdb -T dynasty_template t_oracle
    export PGDATABASE=t_oracle
    if "$ROOT/demo/load_real.sh" "$data" >"$log" 2>&1; then in_database real; else failed "the real files load"; cat "$log"; fi
    unset PGDATABASE
    dropdb t_oracle
else
    passed "real files SKIPPED: none in DYNASTY_DATA (default ../shared/data)"
fi
rm -rf "$scratch"
finish oracle
