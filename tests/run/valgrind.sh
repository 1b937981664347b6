#!/usr/bin/env bash
# Some regress files with every process of the server under valgrind's memcheck (Debian: valgrind): reads of what was never
# written, reads and writes outside of what malloc gave, wrong frees, in the server and in the library. Debian's server is built
# without USE_VALGRIND, so a block that palloc divides is one to it. Fifty times slower than without: a few files by default.
# Usage: valgrind.sh [SYSTEM/NAME | SYSTEM | NAME ...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
if ! command -v valgrind >/dev/null; then
    passed 'SKIPPED: valgrind is not installed (apt-get install valgrind)'
    finish valgrind
    exit
fi
[ $# -gt 0 ] || set -- season_insert season_copy ingest_people consistency_window hostile_numbers
"$ROOT/pgrx-config/build.sh"
CLUSTER=$("$ROOT/pgrx-config/cluster.sh" new)
exports=$("$ROOT/pgrx-config/cluster.sh" env "$CLUSTER")
eval "$exports"
server=
at_end '[ -z "$server" ] || kill -INT "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -f "$CLUSTER/data/postmaster.pid"; "$ROOT/pgrx-config/cluster.sh" destroy "$CLUSTER"'
"$ROOT/pgrx-config/cluster.sh" stop "$CLUSTER"
mkdir "$CLUSTER/valgrind"
chmod 777 "$CLUSTER/valgrind"
cp "$ROOT/tests/run/valgrind.supp" "$CLUSTER/valgrind/"
# The postmaster forks and never execs: --trace-children is for what it starts.
as_server valgrind --quiet --trace-children=yes --track-origins=no --leak-check=no --error-markers=VALGRIND-BEGIN,VALGRIND-END \
    --suppressions="$CLUSTER/valgrind/valgrind.supp" --log-file="$CLUSTER/valgrind/%p.log" \
    "$CLUSTER$("$PG_CONFIG" --bindir)/postgres" -D "$CLUSTER/data" >>"$CLUSTER/data/server.log" 2>&1 &
server=$!
for _ in $(seq 120); do psql -XAtqd postgres -c 'SELECT 1' >/dev/null 2>&1 && break; sleep 1; done
server=$(head -n 1 "$CLUSTER/data/postmaster.pid")
export DYNASTY_CLUSTER=$CLUSTER
use_cluster
choose regress "$@"
run_regress regress "${TESTS[@]}"
found=$(cat "$CLUSTER"/valgrind/*.log | sed -n '/VALGRIND-BEGIN/,/VALGRIND-END/p')
if [ -z "$found" ]; then passed 'valgrind found nothing'; else failed 'valgrind found errors'; printf '%s\n' "$found" | head -n 300; fi
finish valgrind
