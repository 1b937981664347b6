#!/usr/bin/env bash
# Boosted trees beside the logistic model, in years that none has seen: on a simulated league, and on real files with DATA=dir
# (demo/load_real.sh). Prints tables; makes a throw-away cluster of its own. The outcome is in docs/decisions/prospects.md.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"
venv=$TARGET/tools/venv-boosted
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check -r "$ROOT/benches/boosted/requirements.txt"
cluster=$ROOT/pgrx-config/cluster.sh
home=$("$cluster" new)
trap '"$cluster" destroy "$home"' EXIT
exports=$("$cluster" env "$home")
eval "$exports"
compare() { "$venv/bin/python" "$ROOT/benches/boosted/boosted.py" "$@"; }
new() {
    createdb "$1"
    export PGDATABASE=$1
    psql -Xq -c "SET client_min_messages = warning" -c "CREATE EXTENSION dynasty CASCADE"
}

new simulated
say "a simulated league: 3000 prospects, seasons 2012 to 2023, seed 5"
psql -Xq -o /dev/null -c "SET client_min_messages = warning" -c "SELECT dynasty.simulate_league(3000, 2012, 2023, 5)" -c "VACUUM ANALYZE"
compare v1.0 2013,2014,2015:2017,2018
if [ -z "${DATA:-}" ]; then
    say "SKIPPED the real files: DATA is not set"
    exit 0
fi
new real
"$ROOT/demo/load_real.sh" "$DATA" >/dev/null
psql -Xq -c "VACUUM ANALYZE"
# The same choice as demo/models.sql: what was recorded in its year and varies, and the age.
psql -Xq -o /dev/null <<'SQL'
SELECT dynasty.register_feature_set('dated', ARRAY(
    SELECT r.feature::text FROM dynasty.leak_report('{2015,2016,2017,2018}') r JOIN dynasty.feature_catalogue() c ON c.name = r.feature
    WHERE r.value_auc <> 0.5 AND (r.is_dated AND c.category <> 'bio' OR r.feature = 'age') ORDER BY c.ordinal));
SQL
say "real files, dated features"
compare dated 2015,2016:2017,2018 2015,2016,2017:2018,2019
say "real files, all features: the absence of biography tells"
compare v1.0 2015,2016,2017:2018,2019
