#!/usr/bin/env bash
# Tests again and again on a machine that is never quiet: a test that depends on how fast things go fails here first.
#   RUNS=10 tests/steady.sh [isolation/NAME | tap/NAME | regress/NAME ...]      default: every isolation spec and TAP file
# Beside the tests there is a busy loop per core (BUSY), and as many tests at a time as JOBS says (one per core).
# Prints for each test how often it passed and how long it took, and what the failed runs printed.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"
cd "$ROOT"
export RUNS=${RUNS:-10} JOBS=${JOBS:-$(nproc)} BUSY=${BUSY:-$(nproc)}
[ $# -gt 0 ] || set -- $(cd tests && ls isolation/specs/*.spec tap/*.pl | sed -E 's|specs/||; s/\.(spec|pl)$//')
for test in "$@"; do [ -f "tests/${test%%/*}.sh" ] && [[ $test == */* ]] || die "not RUNNER/NAME: $test"; done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/dynasty-steady-XXXXXX")
busy=() clusters=()
clean_up() {
    if [ ${#busy[@]} -gt 0 ]; then kill "${busy[@]}" 2>/dev/null || true; fi
    for cluster in "${clusters[@]}"; do pgrx-config/cluster.sh destroy "$cluster"; done
    rm -rf "$scratch"
}
trap clean_up EXIT

pgrx-config/build.sh
for ((i = 0; i < JOBS; i++)); do
    clusters+=("$(pgrx-config/cluster.sh new)")
    printf '%s\n' "${clusters[i]}" >"$scratch/cluster.$i"
done
for ((i = 0; i < BUSY; i++)); do
    (while :; do :; done) &
    busy+=($!)
done

# One run of one test, in the cluster of its place among those that run at the same time.
one() {
    local test=$1 run=$2 begun=$SECONDS log
    log=$scratch/$(tr / . <<<"$test").$run
    # What run_regress leaves under target/ is kept apart from the neighbour's run of the same test.
    if JOBS=1 DYNASTY_CLUSTER=$(cat "$scratch/cluster.$PLACE") DYNASTY_RESULTS=$scratch/results.$PLACE "tests/${test%%/*}.sh" "${test#*/}" >"$log" 2>&1; then
        printf 'ok %s %d\n' "$test" $((SECONDS - begun)) >>"$scratch/told"
    else
        printf 'FAILED %s %d\n' "$test" $((SECONDS - begun)) >>"$scratch/told"
        printf -- '--- %s, run %d\n' "$test" "$run"
        cat "$log"
    fi
}
export -f one
export scratch
# A round of all before the second of any, so that neighbours are always others.
for ((run = 1; run <= RUNS; run++)); do for test in "$@"; do printf '%s %d\n' "$test" "$run"; done; done |
    xargs -P "$JOBS" -L 1 --process-slot-var=PLACE bash -c 'one "$@"' one
awk '{n[$2]++; if ($1 == "ok") good[$2]++; if (!($2 in least) || $3 < least[$2]) least[$2] = $3; if ($3 > most[$2]) most[$2] = $3}
    END {for (t in n) {printf "%s  %s: %d of %d, %d to %d s\n", good[t] == n[t] ? "ok    " : "FAILED", t, good[t], n[t], least[t], most[t]; if (good[t] == n[t]) p++; else f++}
        close("sort"); printf "steady: %d passed, %d failed\n", p, f > "/dev/stderr"; exit f > 0}' "$scratch/told"
