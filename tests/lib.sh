# Sourced by the runners: a cluster to test in, and counting. Bash.
. "$(dirname "${BASH_SOURCE[0]}")/../pgrx-config/env.sh"

PASSED=0 FAILED=0
passed() { PASSED=$((PASSED + 1)); printf 'ok      %s\n' "$1"; }
failed() { FAILED=$((FAILED + 1)); printf 'FAILED  %s\n' "$1"; }

# The closing line of every runner, and its exit code. No test at all is a failure: something is missing.
finish() {
    local cluster
    if [ $((PASSED + FAILED)) = 0 ]; then failed "there was nothing to run"; fi
    for cluster in "${!LOG_FROM[@]}"; do
        enter "$cluster"
        quiet_log "$1"
    done
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
    if found=$("$ROOT/tests/server_log.pl" "$ROOT/tests/$folder/log_expected.tsv" '' "$CLUSTER/data/server.log@${LOG_FROM[$CLUSTER]}" 2>&1); then
        passed "no unexpected warning in the server's log"
    else
        failed "no unexpected warning in the server's log"
        printf '%s\n' "$found"
    fi
}

# Where the logs of the clusters in use stood when the runner began.
declare -A LOG_FROM=()

# enter CLUSTER: psql and its like go there.
enter() {
    CLUSTER=$1
    # In two steps, so that a failure ends the run: without PGHOST psql would go to the machine's own server.
    local exports
    exports=$("$ROOT/pgrx-config/cluster.sh" env "$CLUSTER")
    eval "$exports"
}

# use_clusters MOST: sets CLUSTERS, one for each test that runs at the same time (JOBS, by default as many as cores, at most MOST), and
# enters the first. `make test` makes them for all runners (DYNASTY_CLUSTER, colons between); a runner called alone builds, makes its
# own and removes them. Clusters and not databases: roles, settings and what waits for old snapshots belong to the whole cluster.
use_clusters() {
    local config=$ROOT/pgrx-config cluster
    if [ -n "${DYNASTY_CLUSTER:-}" ]; then
        IFS=: read -ra CLUSTERS <<<"$DYNASTY_CLUSTER"
        CLUSTERS=("${CLUSTERS[@]:0:$1}")
    else
        "$config/build.sh"
        CLUSTERS=()
        trap 'for cluster in "${CLUSTERS[@]}"; do "$ROOT/pgrx-config/cluster.sh" destroy "$cluster"; done' EXIT
        while [ ${#CLUSTERS[@]} -lt "$1" ] && [ ${#CLUSTERS[@]} -lt "${JOBS:-$(nproc)}" ]; do
            cluster=$("$config/cluster.sh" new)
            CLUSTERS+=("$cluster")
        done
    fi
    for cluster in "${CLUSTERS[@]}"; do
        enter "$cluster"
        LOG_FROM[$cluster]=$(wc -c <"$cluster/data/server.log")
        if [ "$(psql -XAtc "SELECT count(*) FROM pg_database WHERE datname = 'dynasty_template'")" = 0 ]; then
            createdb dynasty_template
            psql -Xq -v ON_ERROR_STOP=1 -d dynasty_template -c 'SET client_min_messages = warning' \
                -c 'CREATE EXTENSION dynasty CASCADE'
        fi
    done
    enter "${CLUSTERS[0]}"
}
use_cluster() { use_clusters 1; }

# in_turns RUNNER FUNCTION NAME...: FUNCTION for every name, in each cluster one at a time. What one prints comes out in one piece, and
# PASSED and FAILED count what all of them said. How long each took is added to target/results/times (tests/all.sh: the slowest).
in_turns() {
    local runner=$1 function=$2 turns cluster place workers=() told=0 passed failed
    shift 2
    turns=$(mktemp -d)
    printf '%s\n' "$@" >"$turns/names"
    : >"$turns/lock"
    mkdir -p "$TARGET/results"
    for cluster in "${CLUSTERS[@]}"; do
        place=${#workers[@]}
        (
            enter "$cluster"
            while name=$(flock "$turns/lock" sed -n '1{p;q}' "$turns/names") && [ -n "$name" ]; do
                # Between looking and taking somebody else may have taken it.
                flock "$turns/lock" bash -c '[ "$(head -n 1 "$1")" = "$2" ] && sed -i 1d "$1"' take "$turns/names" "$name" || continue
                begun=${EPOCHREALTIME/./} PASSED=0 FAILED=0
                "$function" "$name" >"$turns/print.$place" 2>&1
                printf '%d %d\n' "$PASSED" "$FAILED" >>"$turns/told"
                printf '%d %s %s\n' $(((${EPOCHREALTIME/./} - begun) / 1000)) "$runner" "$name" >>"$TARGET/results/times"
                flock "$turns/lock" cat "$turns/print.$place"
            done
        ) &
        workers+=($!)
    done
    for place in "${!workers[@]}"; do
        if ! wait "${workers[$place]}"; then
            failed "a worker of $runner ended early"
            cat "$turns/print.$place" 2>/dev/null || true
        fi
    done
    while read -r passed failed; do
        PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) told=$((told + 1))
    done < <(cat "$turns/told" 2>/dev/null)
    [ "$told" = $# ] || failed "$runner: $told of $# test files were run"
    rm -rf "$turns"
}

# run_regress PROGRAM INPUTDIR KIND EXT [NAME...]: every file in a fresh copy of the template, so that each can run
# alone and none sees what another left. Roles are the exception: they belong to the cluster, a test drops its own.
run_regress() {
    local ext=$4 name
    REGRESS=("$1" "$2" "$3")
    shift 4
    if [ $# -eq 0 ]; then
        for name in "${REGRESS[1]}/${REGRESS[2]}"/*."$ext"; do [ -f "$name" ] && set -- "$@" "$(basename "$name" ".$ext")"; done
    fi
    in_turns "${REGRESS[2]}" one_regress "$@"
}
one_regress() {
    local name=$1 db=t_$1 program=${REGRESS[0]} input=${REGRESS[1]} out
    out=${DYNASTY_RESULTS:-$TARGET/results}/${REGRESS[2]}/$name # what it printed stays there, to look at or to accept
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
}
