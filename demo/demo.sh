#!/usr/bin/env bash
# The main job, start to end, in a throw-away cluster that stays up to play with. DATA=dir loads real files instead of
# simulating a league. A demo started before is stopped and removed.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"

cluster=$ROOT/pgrx-config/cluster.sh
last=$TARGET/demo-cluster # where the latest demo lives
if [ -f "$last" ] && [ -f "$(cat "$last")/dynasty-cluster" ]; then
    say "removing the cluster of the demo before"
    "$cluster" destroy "$(cat "$last")"
fi
# fsync on: the timings shown should be those of a real server.
home=$("$cluster" new --fsync)
echo "$home" >"$last"
exports=$("$cluster" env "$home")
eval "$exports"
createdb dynasty
export PGDATABASE=dynasty
run() { psql -X -q -v ON_ERROR_STOP=1 "$@"; }
run -c "SET client_min_messages = warning" -c "CREATE EXTENSION dynasty CASCADE"

if [ -n "${DATA:-}" ]; then
    [ -d "$DATA" ] || die "DATA=$DATA is not a directory"
    say "loading the files in $DATA"
    time "$ROOT/demo/load_real.sh"
else
    say "simulating a league: 1500 prospects, seasons 2015 to 2024"
    run -c '\timing on' -x -c "SELECT * FROM dynasty.simulate_league(1500, 2015, 2024, 1)"
fi
run -c "VACUUM ANALYZE"
run -f "$ROOT/demo/demo.sql"
run -f "$ROOT/demo/features.sql"
run -f "$ROOT/demo/models.sql"
run -f "$ROOT/demo/odds.sql"
run -f "$ROOT/demo/ops.sql"

cat <<TXT

Go on with:    $("$cluster" psql-line "$home" dynasty)
Stop it with:  $cluster destroy $home     (the next 'make demo' does that too)
TXT
