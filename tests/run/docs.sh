#!/usr/bin/env bash
# The SQL in the pages: every ```sql block of README.md, docs and examples, and every `SELECT ...` or `CALL ...` in
# a line of text, in its order, in a database of its own per page with a simulated league. It must run without an error.
# A block that cannot be run is marked by a line before it, with the reason: <!-- not run: needs a second server -->
# Sessions with psql (blocks that begin with the prompt =#) must be what psql prints, byte for byte (session.py).
# In a line of text what has an ellipsis in it is not a statement. :'reply' is a reply of an API. Usage: docs.sh [FILE...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_cluster
cd "$ROOT"
[ $# -gt 0 ] || set -- README.md docs/*.md docs/*/*.md examples/*.md
scratch=$(mktemp -d)
at_end 'rm -rf "$scratch"'

# page FILE: writes its statements to $scratch/LINE.sql, and LINE.skip with the reason for those not to be run.
page() {
    awk -v dir="$scratch" '
        function flush_skip() { if (skip != "") { print skip > (dir "/" at ".skip"); skip = "" } }
        /^<!-- not run: .* -->$/ { skip = $0; sub(/^<!-- not run: /, "", skip); sub(/ -->$/, "", skip); next }
        !inside && /^ *```sql *$/ { inside = "sql"; at = sprintf("%05d", NR); flush_skip(); printf "" > (dir "/" at ".sql"); next }
        !inside && /^ *```/ { inside = "other"; next }
        inside && /^ *``` *$/ { inside = ""; next }
        inside == "sql" { print > (dir "/" at ".sql"); next }
        inside { next }
        {
            line = $0
            while (match(line, /`(SELECT|CALL) [^`]*`/)) {
                statement = substr(line, RSTART + 1, RLENGTH - 2)
                gsub(/\\\|/, "|", statement)
                if (statement !~ /\.\.\.|…/) { at = sprintf("%05d", NR); print statement ";" > (dir "/" at ".sql") }
                line = substr(line, RSTART + RLENGTH)
            }
            if (line !~ /^ *$/) skip = ""
        }' "$1"
}

if [ "$(psql -XAtc "SELECT count(*) FROM pg_database WHERE datname = 'dynasty_league'")" = 0 ]; then
    createdb -T dynasty_template dynasty_league
    psql -Xq -v ON_ERROR_STOP=1 -d dynasty_league -c 'SET client_min_messages = warning' \
        -c 'SELECT count(*) FROM dynasty.simulate_league(500, 2015, 2024, 1)' >/dev/null
fi
for file in "$@"; do
    rm -f "$scratch"/*
    if grep -q '^=# ' "$file"; then
        createdb -T template0 docs_session
        if log=$(PGDATABASE=docs_session python3 tests/run/session.py "$file" 2>&1); then
            passed "$file: its psql sessions are what psql prints"
        else
            failed "$file: its psql sessions are not what psql prints"
            printf '%s\n' "$log"
        fi
        dropdb docs_session
    fi
    page "$file"
    ls "$scratch"/*.sql >/dev/null 2>&1 || continue
    dropdb --if-exists docs_page 2>/dev/null
    createdb -T dynasty_league docs_page
    for block in "$scratch"/*.sql; do
        line=$(basename "$block" .sql)
        name=$file:$((10#$line))
        if [ -f "$scratch/$line.skip" ]; then
            passed "$name SKIPPED: $(cat "$scratch/$line.skip")"
        elif log=$(psql -X -v ON_ERROR_STOP=1 -v reply='{"stats": []}' -d docs_page -f "$block" 2>&1); then
            passed "$name ($(grep -cE '^\([0-9]+ rows?\)$|^(CALL|INSERT|UPDATE|DELETE|CREATE|SET|BEGIN|COMMIT)' <<<"$log" || true) statements)"
        else
            failed "$name"
            cat "$block"
            printf '%s\n' "$log"
        fi
    done
    dropdb docs_page
done
# A page may have made the roles, which belong to the cluster.
psql -XAtc "SELECT format('DROP ROLE %I;', rolname) FROM pg_roles WHERE rolname ~ '^dynasty_'" | psql -Xq -v ON_ERROR_STOP=1 -d postgres
finish docs
