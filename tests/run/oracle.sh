#!/usr/bin/env bash
# The product against an oracle, system by system: plain Python written from the contract alone, sharing no code with it
# (tests/SYSTEM/oracle; what is compared stands in its run.sh). Usage: oracle.sh [SYSTEM...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
log=$TARGET/results/oracle.log
mkdir -p "$(dirname "$log")"
scratch=$(mktemp -d)
at_end 'rm -rf "$scratch"'

# compare TABLES RESULTS CHECKS: a line per check, counted.
compare() {
    local status=0 bad
    python3 "$here/check.py" "$1" "$2" "$3" >"$log" 2>&1 || status=1
    cat "$log"
    PASSED=$((PASSED + $(grep -c '^ok ' "$log" || true)))
    bad=$(grep -c '^FAILED ' "$log" || true)
    FAILED=$((FAILED + bad))
    if [ "$status" != 0 ] && [ "$bad" = 0 ]; then failed "check.py $3"; fi
    lap "$system: $(basename "$3")"
}

# in_database NAME: the results of NAME.sql and the tables, compared as NAME.jsonl says.
in_database() {
    local dir=$scratch/$1
    mkdir -p "$dir/tables" "$dir/results"
    if (cd "$dir/results" && psql -Xq -v ON_ERROR_STOP=1 -f "$here/$1.sql" && cd "$dir/tables" && psql -Xq -v ON_ERROR_STOP=1 -f "$here/tables.sql"); then
        lap "$system: $1.sql"
        compare "$dir/tables" "$dir/results" "$here/$1.jsonl"
    else
        failed "$1.sql"
    fi
    rm -rf "$dir"
}

use_cluster
[ $# -gt 0 ] || set -- $(cd "$ROOT/tests" && ls -d */oracle | cut -d/ -f1)
for system in "$@"; do
    here=$ROOT/tests/$system/oracle
    [ -f "$here/run.sh" ] || die "$system has no oracle"
    so_far=$PASSED
    . "$here/run.sh"
    BY_SYSTEM[$system]="$((PASSED - so_far)) $((FAILED - ${failed_so_far:-0}))"
    failed_so_far=$FAILED
done
finish oracle
