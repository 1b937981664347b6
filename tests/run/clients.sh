#!/usr/bin/env bash
# Ordinary clients against a server with dynasty: every tests/clients/NAME/run gets PGHOST, PGPORT, PGUSER, PGDATABASE.
# What they run are the programs in examples/. 77 with a line SKIPPED: says why one could not run.
# Usage: clients.sh [NAME...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_cluster
[ $# -gt 0 ] || set -- $(cd "$ROOT/tests/clients" && ls -d */ | tr -d /)
for name in "$@"; do
    db=client_$name
    dropdb --if-exists "$db" 2>/dev/null
    createdb -T dynasty_template "$db"
    status=0
    log=$(PGDATABASE=$db "$ROOT/tests/clients/$name/run" 2>&1) || status=$?
    if [ "$status" = 0 ]; then
        passed "$name"
        dropdb "$db"
    elif [ "$status" = 77 ]; then
        passed "$name $(grep '^SKIPPED: ' <<<"$log" | tail -n 1)"
    else
        failed "$name"
        printf '%s\n' "$log"
    fi
done
finish clients
