# Sourced by the runners: which tests, a cluster to test in, what runs beside, counting. Bash.
. "$(dirname "${BASH_SOURCE[0]}")/../../pgrx-config/env.sh"
RUN=$ROOT/tests/run

PASSED=0 FAILED=0
passed() { PASSED=$((PASSED + 1)); printf 'ok      %s\n' "$1"; lap "$1"; }
failed() { FAILED=$((FAILED + 1)); printf 'FAILED  %s\n' "$1"; lap "$1"; }

# lap NAME: what the runner did since the last lap was NAME; finish tells which took longest.
LAPS=() LAP_BEGUN=${EPOCHREALTIME/./}
lap() { LAPS+=("$(((${EPOCHREALTIME/./} - LAP_BEGUN) / 1000)) $1"); LAP_BEGUN=${EPOCHREALTIME/./}; }

# The closing lines of every runner, and its exit code: the twenty slowest of its tests, how many there were by system, and in all.
# No test at all is a failure: something is missing.
finish() {
    local cluster system
    if [ $((PASSED + FAILED)) = 0 ]; then failed "there was nothing to run"; fi
    for cluster in "${!LOG_FROM[@]}"; do
        enter "$cluster"
        quiet_log "$1"
    done
    mkdir -p "$TARGET/results"
    printf '%s\n' "${LAPS[@]}" | sed -E "s/^([0-9]+) (.{0,100}).*/\1 $1 \2/" >>"$TARGET/results/times" # all.sh: the slowest of all runners
    if [ ${#LAPS[@]} -gt 1 ]; then
        printf 'the slowest, in ms:\n'
        printf '%s\n' "${LAPS[@]}" | sort -rn | sed -n 1,20p | cut -c1-120 | sed 's/^/    /'
    fi
    for system in $(printf '%s\n' "${!BY_SYSTEM[@]}" | sort); do printf '%s in %s: %d passed, %d failed\n' "$1" "$system" ${BY_SYSTEM[$system]}; done
    printf '%s: %d passed, %d failed\n' "$1" "$PASSED" "$FAILED"
    [ "$FAILED" -eq 0 ]
}

# What ends with the runner, however it ends (also by Ctrl-C or a kill): what runs beside it, and then what at_end was told, latest
# first. Without this a background job of a script would outlive it, because it ignores Ctrl-C.
BESIDE=() AT_END=()
at_end() { AT_END=("$1" "${AT_END[@]}"); }
end_all() {
    local status=$? job command
    trap '' INT TERM
    for job in "${BESIDE[@]}"; do kill -TERM -- "-$job" 2>/dev/null || true; done
    if [ ${#BESIDE[@]} -gt 0 ]; then wait "${BESIDE[@]}" 2>/dev/null || true; fi
    for command in "${AT_END[@]}"; do eval "$command" || true; done
    exit $status
}
watch_end() { trap end_all EXIT; trap 'exit 143' TERM; trap 'exit 130' INT; }
watch_end
# beside COMMAND...: in the background, in a process group of its own, so that it ends with all it started. Its number is in $!.
beside() {
    set -m
    (set +m; BESIDE=() AT_END=(); watch_end; "$@") </dev/null &
    set +m
    BESIDE+=($!)
}

# What the runner's sessions left in the server's log since use_clusters: no warning, crash, leak or internal error that is not
# listed, with a reason, in a log_expected.tsv of the runner's folders (server_log.pl).
quiet_log() {
    local kind=$1 found
    case $1 in asan | valgrind) kind=regress ;; esac
    # A session's last words come after its client has gone.
    for _ in $(seq 50); do
        [ "$(psql -XAtd postgres -c "SELECT count(*) FROM pg_stat_activity WHERE backend_type IN ('client backend', 'parallel worker') AND pid <> pg_backend_pid()" 2>/dev/null || echo 0)" != 0 ] || break
        sleep 0.1
    done
    if found=$("$RUN/server_log.pl" "$(log_lists "$kind")" '' "$CLUSTER/data/server.log@${LOG_FROM[$CLUSTER]}" 2>&1); then
        passed "no unexpected warning in the server's log"
    else
        failed "no unexpected warning in the server's log"
        printf '%s\n' "$found"
    fi
}
# log_lists KIND: the lists of all systems, colons between.
log_lists() { local lists=("$ROOT/tests/$1"/log_expected.tsv "$ROOT"/tests/*/"$1"/log_expected.tsv); (IFS=:; printf '%s' "${lists[*]}"); }

# Where the logs of the clusters in use stood when the runner began; passed and failed by system.
declare -A LOG_FROM=() BY_SYSTEM=()

# enter CLUSTER: psql and its like go there.
enter() {
    CLUSTER=$1
    # In two steps, so that a failure ends the run: without PGHOST psql would go to the machine's own server.
    local exports
    exports=$("$ROOT/pgrx-config/cluster.sh" env "$CLUSTER")
    eval "$exports"
}

# choose KIND [TEST...]: sets TESTS to the files of a kind (regress, isolation, tap) as SYSTEM/NAME, those of longest.txt first. A TEST
# is SYSTEM/NAME, a SYSTEM, or a NAME that only one system has; with * and ? it means all that match. Systems are the folders of tests/.
choose() {
    local kind=$1 path file test all=() found
    shift
    for path in "$ROOT"/tests/*/regress/sql/*.sql "$ROOT"/tests/*/isolation/specs/*.spec "$ROOT"/tests/*/tap/*.pl; do
        file=${path#"$ROOT/tests/"}
        [[ $file == */"$kind"/* && -f $path ]] || continue
        test=${file##*/}
        all+=("${file%%/*}/${test%.*}")
    done
    [ $# -gt 0 ] || set -- '*/*'
    TESTS=()
    for test in "$@"; do
        found=()
        for file in "${all[@]}"; do
            # shellcheck disable=SC2053 # a pattern
            if [[ $file == $test || ${file%%/*} == $test || ${file##*/} == $test ]]; then found+=("$file"); fi
        done
        [ ${#found[@]} -gt 0 ] || die "no $kind test, and no system that has some, is named '$test'"
        if [ ${#found[@]} -gt 1 ] && [[ $test != *[*?]* && ${found[0]##*/} == "$test" ]]; then die "$test is in several systems: ${found[*]}"; fi
        TESTS+=("${found[@]}")
    done
    # What takes longest begins first, so that no cluster is left alone with it at the end.
    mapfile -t TESTS < <(awk -v kind="$kind" 'NR == FNR {if ($1 == kind) at[$2] = NR; next} {print (($1 in at) ? at[$1] : 9999) "\t" FNR "\t" $1}' \
        "$RUN/longest.txt" <(printf '%s\n' "${TESTS[@]}") | sort -k1,1n -k2,2n | cut -f3 | awk '!seen[$0]++')
}

# use_clusters [TEST...]: sets CLUSTERS, one for each test that runs at the same time (JOBS, by default as many as cores, and not more
# than tests), and enters the first. `make test` makes them for all runners (DYNASTY_CLUSTER, colons between); a runner called alone
# builds, makes its own and removes them. Clusters and not databases: roles, settings and what waits for old snapshots belong to the
# whole cluster.
use_clusters() {
    local config=$ROOT/pgrx-config cluster most=$(($# ? $# : 1000000))
    if [ -n "${DYNASTY_CLUSTER:-}" ]; then
        IFS=: read -ra CLUSTERS <<<"$DYNASTY_CLUSTER"
        CLUSTERS=("${CLUSTERS[@]:0:$most}")
    else
        "$config/build.sh"
        CLUSTERS=()
        at_end 'for cluster in "${CLUSTERS[@]}"; do "$ROOT/pgrx-config/cluster.sh" destroy "$cluster"; done'
        while [ ${#CLUSTERS[@]} -lt "$most" ] && [ ${#CLUSTERS[@]} -lt "${JOBS:-$(nproc)}" ]; do
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
    LAP_BEGUN=${EPOCHREALTIME/./}
}
use_cluster() { use_clusters one; }

# in_turns FUNCTION NAME...: FUNCTION for every name, in each cluster one at a time. What one prints comes out in one piece, and
# PASSED and FAILED count what all of them said.
in_turns() {
    local function=$1 cluster workers=() told=0 name passed failed ms system so_far
    shift
    TURNS=$(mktemp -d)
    at_end "rm -rf '$TURNS'"
    printf '%s\n' "$@" >"$TURNS/names"
    : >"$TURNS/lock"
    : >"$TURNS/told"
    for cluster in "${CLUSTERS[@]}"; do
        beside worker "$function" "$cluster" "$TURNS/print.${#workers[@]}"
        workers+=($!)
    done
    for cluster in "${!workers[@]}"; do
        if ! wait "${workers[$cluster]}"; then
            failed "a worker ended early"
            cat "$TURNS/print.$cluster" 2>/dev/null || true
        fi
    done
    while read -r name passed failed ms; do
        PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) told=$((told + 1))
        LAPS+=("$ms $name")
        system=${name%%/*}
        if [ "$system" != "$name" ]; then
            read -ra so_far <<<"${BY_SYSTEM[$system]:-0 0}"
            BY_SYSTEM[$system]="$((so_far[0] + passed)) $((so_far[1] + failed))"
        fi
    done <"$TURNS/told"
    [ "$told" = $# ] || failed "$told of $# tests were run"
    LAP_BEGUN=${EPOCHREALTIME/./}
}
worker() {
    local function=$1 cluster=$2 print=$3 name begun
    enter "$cluster"
    # Looked at and taken in one step, so that no two take the same.
    while name=$(flock "$TURNS/lock" sed -i -e '1{w /dev/stdout' -e 'd}' "$TURNS/names") && [ -n "$name" ]; do
        begun=${EPOCHREALTIME/./} PASSED=0 FAILED=0
        "$function" "$name" >"$print" 2>&1
        printf '%s %d %d %d\n' "$name" "$PASSED" "$FAILED" $(((${EPOCHREALTIME/./} - begun) / 1000)) >>"$TURNS/told"
        flock "$TURNS/lock" cat "$print"
    done
}

# run_regress KIND [TEST...]: regress or isolation, by the program of Postgres for it; every file in a fresh copy of the template, so
# that each can run alone and none sees what another left. Roles are the exception: they belong to the cluster, a test drops its own.
run_regress() {
    REGRESS=$1
    in_turns one_regress "${@:2}"
}
one_regress() {
    local system=${1%%/*} name=${1#*/} db program out
    db=t_$name
    case $REGRESS in regress) program=regress/pg_regress ;; isolation) program=isolation/pg_isolation_regress ;; esac
    out=${DYNASTY_RESULTS:-$TARGET/results}/$REGRESS/$1 # what it printed stays there, to look at or to accept
    rm -rf "$out" && mkdir -p "$out"
    dropdb --if-exists "$db" 2>/dev/null
    createdb -T dynasty_template "$db"
    if "$(pgxs_tool "$program")" --inputdir="$ROOT/tests/$system/$REGRESS" --outputdir="$out" --bindir="$CLUSTER$("$PG_CONFIG" --bindir)" \
        --use-existing --dbname="$db" --host="$PGHOST" --port="$PGPORT" --user="$PGUSER" "$name" >"$out/log" 2>&1; then
        # A test without the files it needs says so in its output.
        passed "$1$(sed -n 's/^SKIPPED/ SKIPPED/p' "$out/results/$name.out")"
        dropdb "$db"
    else
        failed "$1"
        if [ -s "$out/regression.diffs" ]; then cat "$out/regression.diffs"; else cat "$out/log"; fi
    fi
}
