# Sourced by the runners: a cluster to test in, and counting. Bash.
. "$(dirname "${BASH_SOURCE[0]}")/../pgrx-config/env.sh"

PASSED=0 FAILED=0
passed() { PASSED=$((PASSED + 1)); printf 'ok      %s\n' "$1"; }
failed() { FAILED=$((FAILED + 1)); printf 'FAILED  %s\n' "$1"; }

# The closing line of every runner, and its exit code. No test at all is a failure: something is missing.
finish() {
    if [ $((PASSED + FAILED)) = 0 ]; then failed "there was nothing to run"; fi
    if [ -n "${LOG_FROM:-}" ]; then quiet_log "$1"; fi
    printf '%s: %d passed, %d failed\n' "$1" "$PASSED" "$FAILED"
    [ "$FAILED" -eq 0 ]
}

# What the runner's sessions left in the server's log since use_cluster: no warning, crash, leak or internal error that is not
# listed, with a reason, in tests/RUNNER/log_expected.tsv (server_log.pl).
quiet_log() {
    local folder=$1 found
    case $1 in regress | asan | valgrind) folder=pg_regress ;; esac
    # A session's last words come after its client has gone.
    for _ in $(seq 50); do
        [ "$(psql -XAtd postgres -c "SELECT count(*) FROM pg_stat_activity WHERE backend_type IN ('client backend', 'parallel worker') AND pid <> pg_backend_pid()" 2>/dev/null || echo 0)" != 0 ] || break
        sleep 0.1
    done
    if found=$("$ROOT/tests/server_log.pl" "$ROOT/tests/$folder/log_expected.tsv" '' "$CLUSTER/data/server.log@$LOG_FROM" 2>&1); then
        passed "no unexpected warning in the server's log"
    else
        failed "no unexpected warning in the server's log"
        printf '%s\n' "$found"
    fi
}

# Sets CLUSTER and psql's environment. `make test` makes one cluster for all runners (DYNASTY_CLUSTER); a runner called
# alone builds, makes its own and removes it.
use_cluster() {
    local config=$ROOT/pgrx-config
    if [ -n "${DYNASTY_CLUSTER:-}" ]; then
        CLUSTER=$DYNASTY_CLUSTER
    else
        "$config/build.sh"
        CLUSTER=$("$config/cluster.sh" new)
        trap '"$ROOT/pgrx-config/cluster.sh" destroy "$CLUSTER"' EXIT
    fi
    # In two steps, so that a failure ends the run: without PGHOST psql would go to the machine's own server.
    local exports
    exports=$("$config/cluster.sh" env "$CLUSTER")
    eval "$exports"
    LOG_FROM=$(wc -c <"$CLUSTER/data/server.log")
    if [ "$(psql -XAtc "SELECT count(*) FROM pg_database WHERE datname = 'dynasty_template'")" = 0 ]; then
        createdb dynasty_template
        psql -Xq -v ON_ERROR_STOP=1 -d dynasty_template -c 'SET client_min_messages = warning' \
            -c 'CREATE EXTENSION dynasty CASCADE'
    fi
}

# run_regress PROGRAM INPUTDIR KIND EXT [NAME...]: every file in a fresh copy of the template, so that each can run
# alone and none sees what another left. Roles are the exception: they belong to the cluster, a test drops its own.
run_regress() {
    local program=$1 input=$2 kind=$3 ext=$4 out name db
    shift 4
    if [ $# -eq 0 ]; then
        for name in "$input/$kind"/*."$ext"; do [ -f "$name" ] && set -- "$@" "$(basename "$name" ".$ext")"; done
    fi
    for name in "$@"; do
        db=t_$name
        out=${DYNASTY_RESULTS:-$TARGET/results}/$kind/$name # what it printed stays there, to look at or to accept
        rm -rf "$out" && mkdir -p "$out"
        dropdb --if-exists "$db" 2>/dev/null
        createdb -T dynasty_template "$db"
        if "$program" --inputdir="$input" --outputdir="$out" --bindir="$CLUSTER$("$PG_CONFIG" --bindir)" \
            --use-existing --dbname="$db" --host="$PGHOST" --port="$PGPORT" --user="$PGUSER" "$name" >"$out/log" 2>&1; then
            # A test without the files it needs says so in its output.
            passed "$name$(sed -n 's/^SKIPPED/ SKIPPED/p' "$out/results/$name.out")"
            dropdb "$db"
        else
            failed "$name"
            if [ -s "$out/regression.diffs" ]; then cat "$out/regression.diffs"; else cat "$out/log"; fi
        fi
    done
}
