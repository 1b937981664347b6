#!/usr/bin/env bash
# Ordinary clients against a server with dynasty: every tests/clients/NAME/run gets PGHOST, PGPORT, PGUSER, PGDATABASE.
# Usage: clients.sh [NAME...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_cluster
[ $# -gt 0 ] || set -- $(cd "$ROOT/tests/clients" && ls -d */ | tr -d /)
for name in "$@"; do
    db=client_$name
    dropdb --if-exists "$db" 2>/dev/null
    createdb -T dynasty_template "$db"
    if log=$(PGDATABASE=$db "$ROOT/tests/clients/$name/run" 2>&1); then
        passed "$name"
    else
        failed "$name"
        printf '%s\n' "$log"
    fi
done
finish clients
