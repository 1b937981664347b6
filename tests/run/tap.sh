#!/usr/bin/env bash
# Whole servers: dump and restore, crash, replicas; Perl with PostgreSQL::Test::Cluster. Usage: tap.sh [SYSTEM/NAME | SYSTEM | NAME ...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
choose tap "$@"
use_clusters "${TESTS[@]}"

# The tests start servers of their own, so they run as the server's user, who may not be able to read the repo.
lay_out() {
    local work=$CLUSTER/tap system
    rm -rf "$work"
    mkdir -p "$work/home" "$work/t" "$work/bin"
    cp "$RUN/initdb.sh" "$work/bin/initdb"
    for system in "$ROOT"/tests/*/tap; do cp -r "$system" "$work/t/$(basename "$(dirname "$system")")"; done
    # Every server of every test writes its log with this prefix, which server_log.pl reads.
    printf "log_line_prefix = '%%m [%%p] %%d %%e '\n" >"$work/log.conf"
    if [ "$(id -u)" = 0 ]; then chown -R "$SERVER_USER" "$work"; fi
    as_server env LC_ALL=C.UTF-8 initdb -D "$work/prepared" -A trust -N >/dev/null
}
# Servers of a test that was ended: perl stops its own, but does not always get to it.
left_over() {
    local file pid
    for file in "$CLUSTER"/tap/*/*/tmp_check/*/pgdata/postmaster.pid; do
        pid=$(head -n 1 "$file" 2>/dev/null || true)
        if [ -n "$pid" ] && [[ $(readlink "/proc/$pid/exe") == "$CLUSTER"/* ]]; then kill -QUIT "$pid" 2>/dev/null || true; fi
    done
}
one_file() {
    local system=${1%%/*} name=${1#*/} work=$CLUSTER/tap dir logs found skipped
    dir=$work/$1
    mkdir -p "$dir"
    if [ "$(id -u)" = 0 ]; then chown "$SERVER_USER" "$work/$system" "$dir"; fi
    if as_server env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE PATH="$work/bin:$PATH" INITDB="$(command -v initdb)" PREPARED="$work/prepared" HOME="$work/home" LC_ALL=C.UTF-8 \
        TESTDIR="$dir" TESTDATADIR="$dir/tmp_check" TESTLOGDIR="$dir/tmp_check/log" \
        TEMP_CONFIG="$work/log.conf" PG_REGRESS="$(pgxs_tool regress/pg_regress)" PERL5LIB="$(pgxs_tool perl):$work/t/house/lib" \
        prove -v "$work/t/$1.pl" >"$dir/output" 2>&1; then
        skipped=$(sed -n 's/^1\.\.0 # SKIP */SKIPPED: /p' "$dir/output")
        passed "$1 ${skipped:-($(grep -c '^ok ' "$dir/output") checks)}"
    else
        failed "$1"
        cat "$dir/output"
        tail -n 40 "$dir"/tmp_check/log/regress_log_* 2>/dev/null || true
    fi
    # The logs of its servers: what may be in them stands in tap/log_expected.tsv under the test's name.
    mapfile -t logs < <(find "$dir/tmp_check/log" -name '*.log' -size +0 2>/dev/null)
    if [ ${#logs[@]} -gt 0 ]; then
        if found=$("$RUN/server_log.pl" "$(log_lists tap)" "$name" "${logs[@]}" 2>&1); then
            passed "$1: no unexpected warning in its servers' logs"
        else
            failed "$1: no unexpected warning in its servers' logs"
            printf '%s\n' "$found"
        fi
    fi
}
at_end 'for CLUSTER in "${CLUSTERS[@]}"; do left_over; done'
for cluster in "${CLUSTERS[@]}"; do enter "$cluster"; lay_out; done
in_turns one_file "${TESTS[@]}"
finish tap
