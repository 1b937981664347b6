#!/usr/bin/env bash
# Tests again and again on a machine that is never quiet: a test that depends on how fast things go fails here first.
#   RUNS=10 tests/run/steady.sh [RUNNER/SYSTEM/NAME ...]      as in tap/house/025_cancel, also RUNNER/SYSTEM and RUNNER/NAME;
#                                                             default: every isolation spec and TAP file
# Beside the tests there is a busy loop per core (BUSY), and as many tests at a time as JOBS says (one per core).
# Prints for each test how often it passed and how long it took, and what the failed runs printed.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
RUNS=${RUNS:-10} BUSY=${BUSY:-$(nproc)}
[ $# -gt 0 ] || set -- 'isolation/*/*' 'tap/*/*'
all=()
for test in "$@"; do
    case $test in regress/* | isolation/* | tap/*) ;; *) die "not RUNNER/TEST: $test" ;; esac
    choose "${test%%/*}" "${test#*/}"
    all+=("${TESTS[@]/#/${test%%/*}/}")
done
# A round of all before the second of any, so that neighbours are always others.
turns=()
for ((run = 1; run <= RUNS; run++)); do turns+=("${all[@]/%/:$run}"); done

use_clusters "${turns[@]}"
LOG_FROM=() # each run looks at its log itself
scratch=$(mktemp -d "${TMPDIR:-/tmp}/dynasty-steady-XXXXXX")
at_end 'rm -rf "$scratch"'
busy_loop() { while :; do :; done; }
for ((i = 0; i < BUSY; i++)); do beside busy_loop; done

# One run of one test: RUNNER/SYSTEM/NAME:RUN.
one_run() {
    local test=${1%:*} run=${1##*:} begun=$SECONDS verdict=ok log=$scratch/log.$BASHPID
    # What run_regress leaves under target/ is kept apart from the neighbour's run of the same test.
    if ! JOBS=1 DYNASTY_CLUSTER=$CLUSTER DYNASTY_RESULTS=$scratch/results.$(basename "$CLUSTER") "$RUN/${test%%/*}.sh" "${test#*/}" >"$log" 2>&1; then
        verdict=FAILED
        printf -- '--- %s, run %d\n' "$test" "$run"
        cat "$log"
    fi
    printf '%s %s %d\n' "$verdict" "$test" $((SECONDS - begun)) >>"$scratch/told"
    # Counted by test below; here that it was run.
    PASSED=1
}
in_turns one_run "${turns[@]}"
PASSED=0
awk '{n[$2]++; if ($1 == "ok") good[$2]++; if (!($2 in least) || $3 < least[$2]) least[$2] = $3; if ($3 > most[$2]) most[$2] = $3}
    END {for (t in n) printf "%s\t%s: %d of %d, %d to %d s\n", good[t] == n[t] ? "ok" : "FAILED", t, good[t], n[t], least[t], most[t]}' "$scratch/told" |
    sort -k2 >"$scratch/verdicts"
LAPS=() BY_SYSTEM=()
while IFS=$'\t' read -r verdict text; do
    if [ "$verdict" = ok ]; then passed "$text"; else failed "$text"; fi
done <"$scratch/verdicts"
LAPS=()
finish steady
