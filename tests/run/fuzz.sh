#!/usr/bin/env bash
# Hostile input for the core, for SECONDS_TO_RUN, with overflow checks and debug assertions: half of the time the fuzzer
# (crates/prospects/tests/fuzz, crates/odds/tests/fuzz), the other half the property tests again and again with new seeds and many cases. What fails is
# printed with its seed, the fuzzer's input also kept in $TARGET/results/fuzz; proptest keeps its own as a regression file beside
# the source: commit that with the mending.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
seconds=${SECONDS_TO_RUN:-600}
export PROPTEST_CASES=${PROPTEST_CASES:-2000}
test() { cargo test --locked --profile fuzz -p dynasty-prospects -p dynasty-odds "$@"; }
test --no-run
SECONDS=0 # without the build

# No input may take much memory: what asks for more than 4 GB is ended by the system, which is a failure.
targets=$(test --test fuzz -- --list 2>/dev/null | grep -c ': test$')
jobs=$(nproc)
mkdir -p "$TARGET/results/fuzz"
rounds=$(((targets + jobs - 1) / jobs))
status=0
log=$(ulimit -v 4194304; FUZZ_FOUND=$TARGET/results/fuzz FUZZ_MILLISECONDS=$((seconds * 500 / rounds)) test --test fuzz -- --nocapture --test-threads="$jobs" 2>&1) || status=$?
grep -E '^(test .*|)fuzz [a-z_]+: ' <<<"$log" | sed 's/^test .*\.\.\. //' || true
if [ "$status" = 0 ]; then
    passed "fuzzer: $(sed -n 's/.*fuzz [a-z_]*: \([0-9]*\) inputs.*/\1/p' <<<"$log" | awk '{n += $1} END {print n}') inputs for $targets targets, $SECONDS s"
else
    failed fuzzer
    printf '%s\n' "$log"
fi

while [ "$SECONDS" -lt "$seconds" ]; do
    # The last round is cut off at the end of the time, which is not a failure (124).
    status=0
    log=$(FUZZ_MILLISECONDS=10 timeout "$((seconds - SECONDS + 1))" cargo test --locked --profile fuzz -p dynasty-numbers -p dynasty-intake -p dynasty-models -p dynasty-prospects -p dynasty-odds -p dynasty-trading 2>&1) || status=$?
    case $status in
    0) passed "properties: round of $PROPTEST_CASES cases, $SECONDS s" ;;
    124) say "time is up" ;;
    *) failed "properties: round of $PROPTEST_CASES cases"; printf '%s\n' "$log"; break ;;
    esac
done
finish fuzz
