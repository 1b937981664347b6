#!/usr/bin/env bash
# pgspot reads the SQL that CREATE and ALTER EXTENSION run, as a superuser, for ways to be led astray: functions without a
# search_path, calls and operators that are not qualified. Usage: pgspot.sh; installs pgspot under the target directory once.
set -euo pipefail
. "$(dirname "$0")/../../pgrx-config/env.sh"
PGSPOT_VERSION=0.9.4
"$ROOT/pgrx-config/build.sh" >/dev/null
pgspot=$TARGET/tools/pgspot/bin/pgspot
# (A virtual environment knows its own path: one that was moved is made anew.)
if ! "$pgspot" --help >/dev/null 2>&1; then
    rm -rf "$TARGET/tools/pgspot"
    say "installing pgspot $PGSPOT_VERSION into $TARGET/tools"
    if ! log=$(python3 -m venv "$TARGET/tools/pgspot" 2>&1 &&
        "$TARGET/tools/pgspot/bin/pip" install --quiet --disable-pip-version-check "pgspot==$PGSPOT_VERSION" 2>&1); then
        rm -rf "$TARGET/tools/pgspot"
        # A machine without a way to PyPI can still run everything else, and is told.
        if grep -qE 'Could not find a version|No matching distribution|ConnectionError|Temporary failure' <<<"$log"; then
            echo "note: SQL NOT read by pgspot: it cannot be fetched from here"
            exit 0
        fi
        printf '%s\n' "$log"
        exit 1
    fi
fi
# A procedure that commits may not set its search_path, nor what is to be inlined; these qualify every name and operator, which
# tests/*/regress/sql/*_search_path.sql try out.
committing=(refresh_features_in_batches)
options=()
for name in "${committing[@]}"; do
    signature=$(sed -n "/^CREATE PROCEDURE dynasty.$name(/,/)/p" "$STAGE/generated.sql" | tr '\n' ' ' |
        sed -E 's/.*\((.*)\).*/\1/; s/ DEFAULT [^,]*//g; s/ +/ /g; s/^ | $//g; s/, /,/g')
    options+=(--proc-without-search-path "dynasty.$name($signature)")
done
# As pgspot writes it, with the columns of the answer.
options+=(--proc-without-search-path 'dynasty_odds.export_odds(from_at timestamptz,to_at timestamptz,id bigint,snapshot_id bigint,captured_at timestamptz,event_id integer,bookmaker_id integer,market_kind_id smallint,period smallint,line numeric,outcome varchar,price numeric,is_suspended boolean)')
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
one() {
    local script=$1 name out
    shift
    name=$(basename "$script")
    # It cannot parse RETURN NEXT with an expression; as PERFORM it reads the same expression.
    perl -0pe 's/\bRETURN NEXT ([^;]+);/PERFORM $1;/g' "$script" >"$copy/$name"
    out=$("$pgspot" "$@" "$copy/$name") && grep -q 'Errors: 0 Warnings: 0 Unknown: 0' <<<"$out" || printf '%s:\n%s\n' "$name" "$out" >"$copy/$name.bad"
}
# Each takes half a minute of one core: all at a time.
for script in "$STAGE"/dynasty--*.sql; do one "$script" "${options[@]}" & done
wait
if compgen -G "$copy/*.bad" >/dev/null; then
    cat "$copy"/*.bad
    exit 1
fi
