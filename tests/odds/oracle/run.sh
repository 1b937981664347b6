# Sourced by tests/run/oracle.sh. Storage, readers, closings and scans against the model, over random histories (history.py): filled by plain INSERTs, by
# record_snapshot and by ingest; then offers told in the words of the feeds (feeds.py). The model's own mathematics first, against ../expected from
# DYNASTY_DATA. ORACLE_SEED=n: other histories.
seed=${ORACLE_SEED:-7}
expected=$(realpath -m "${DYNASTY_DATA:-$ROOT/../shared/data}")/../expected/odds_maths.csv
if [ -r "$expected" ]; then
    if python3 "$here/known.py" "$expected" >"$log" 2>&1; then passed "$(cat "$log")"; else failed "the model's mathematics"; cat "$log"; fi
else
    passed "the model's mathematics SKIPPED: no odds_maths.csv beside DYNASTY_DATA"
fi
for how in insert record ingest feeds; do
    createdb -T dynasty_template t_oracle
    status=0
    if [ "$how" = feeds ]; then run=feeds.py; else run=check.py; fi
    PGDATABASE=t_oracle python3 "$here/$run" "$seed" "$how" >"$log" 2>&1 || status=1
    sed "s/^\(ok\|FAILED\) /&$how: /" "$log"
    PASSED=$((PASSED + $(grep -c '^ok ' "$log" || true)))
    bad=$(grep -c '^FAILED ' "$log" || true)
    FAILED=$((FAILED + bad))
    if [ "$status" != 0 ] && [ "$bad" = 0 ]; then failed "odds $run $seed $how"; fi
    lap "odds: history $seed by $how"
    dropdb t_oracle
    seed=$((seed + 1))
done
