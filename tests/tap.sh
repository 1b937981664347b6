#!/usr/bin/env bash
# Whole servers: dump and restore, crash, replicas; Perl with PostgreSQL::Test::Cluster. Usage: tap.sh [NAME...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_cluster

# The tests start servers of their own, so they run as the server's user, who may not be able to read the repo.
work=$CLUSTER/tap
rm -rf "$work"
mkdir -p "$work/home"
cp -r "$ROOT/tests/tap" "$work/t"
cp -r "$ROOT/docs" "$ROOT/README.md" "$work/" # 014_docs runs what they say
if [ "$(id -u)" = 0 ]; then chown -R "$SERVER_USER" "$work"; fi
[ $# -gt 0 ] || set -- $(cd "$work/t" && ls *.pl 2>/dev/null | sed 's/\.pl$//')
for name in "$@"; do
    mkdir -p "$work/$name"
    if [ "$(id -u)" = 0 ]; then chown "$SERVER_USER" "$work/$name"; fi
    if as_server env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE PATH="$PATH" HOME="$work/home" LC_ALL=C.UTF-8 \
        TESTDIR="$work/$name" TESTDATADIR="$work/$name/tmp_check" TESTLOGDIR="$work/$name/tmp_check/log" \
        PG_REGRESS="$(pgxs_tool regress/pg_regress)" PERL5LIB="$(pgxs_tool perl)" \
        prove -v "$work/t/$name.pl" >"$work/$name/output" 2>&1; then
        passed "$name ($(grep -c '^ok ' "$work/$name/output") checks)"
    else
        failed "$name"
        cat "$work/$name/output"
        tail -n 40 "$work/$name"/tmp_check/log/regress_log_* 2>/dev/null || true
    fi
done
finish tap
