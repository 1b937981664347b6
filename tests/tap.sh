#!/usr/bin/env bash
# Whole servers: dump and restore, crash, replicas; Perl with PostgreSQL::Test::Cluster. Usage: tap.sh [NAME...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[ $# -gt 0 ] || set -- $(cd "$ROOT/tests/tap" && ls *.pl | sed 's/\.pl$//')
use_clusters $#

# The tests start servers of their own, so they run as the server's user, who may not be able to read the repo.
lay_out() {
    work=$CLUSTER/tap
    rm -rf "$work"
    mkdir -p "$work/home"
    cp -r "$ROOT/tests/tap" "$work/t"
    # Every server of every test writes its log with this prefix, which server_log.pl reads.
    printf "log_line_prefix = '%%m [%%p] %%d %%e '\n" >"$work/log.conf"
    if [ "$(id -u)" = 0 ]; then chown -R "$SERVER_USER" "$work"; fi
}
one_file() {
    local name=$1 work=$CLUSTER/tap logs found
    mkdir -p "$work/$name"
    if [ "$(id -u)" = 0 ]; then chown "$SERVER_USER" "$work/$name"; fi
    if as_server env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE PATH="$PATH" HOME="$work/home" LC_ALL=C.UTF-8 \
        TESTDIR="$work/$name" TESTDATADIR="$work/$name/tmp_check" TESTLOGDIR="$work/$name/tmp_check/log" \
        TEMP_CONFIG="$work/log.conf" PG_REGRESS="$(pgxs_tool regress/pg_regress)" PERL5LIB="$(pgxs_tool perl)" \
        prove -v "$work/t/$name.pl" >"$work/$name/output" 2>&1; then
        passed "$name ($(grep -c '^ok ' "$work/$name/output") checks)"
    else
        failed "$name"
        cat "$work/$name/output"
        tail -n 40 "$work/$name"/tmp_check/log/regress_log_* 2>/dev/null || true
    fi
    # The logs of its servers: what may be in them stands in tap/log_expected.tsv under the test's name.
    mapfile -t logs < <(find "$work/$name/tmp_check/log" -name '*.log' -size +0 2>/dev/null)
    if [ ${#logs[@]} -gt 0 ]; then
        if found=$("$ROOT/tests/server_log.pl" "$ROOT/tests/tap/log_expected.tsv" "$name" "${logs[@]}" 2>&1); then
            passed "$name: no unexpected warning in its servers' logs"
        else
            failed "$name: no unexpected warning in its servers' logs"
            printf '%s\n' "$found"
        fi
    fi
}
for cluster in "${CLUSTERS[@]}"; do enter "$cluster"; lay_out; done
in_turns tap one_file "$@"
finish tap
