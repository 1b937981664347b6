# Sourced by tests/run/oracle.sh. Season statistics, features, labels: in a simulated league made awkward, and with the real files of
# DYNASTY_DATA (default ../shared/data): of these the vectors of every 10th prospect, with the norms of all. Then what is kept
# current, after random statements. The oracle itself is checked first, against the values in ../expected from DYNASTY_DATA.
# ORACLE_SEED=n: another league, awkward otherwise.
data=$(realpath -m "${DYNASTY_DATA:-$ROOT/../shared/data}")
expected=$(realpath -m "$data/../expected")
if [ -r "$expected/tables/milb_game_logs.csv" ]; then
    compare "$expected/tables" "$expected" "$here/expected.jsonl"
else
    passed "expected values SKIPPED: none beside DYNASTY_DATA"
fi

seed=${ORACLE_SEED:-7}
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
