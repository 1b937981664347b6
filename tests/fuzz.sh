#!/usr/bin/env bash
# The property tests of the core again and again with new seeds and many cases, for SECONDS_TO_RUN. What fails is kept by
# proptest as a regression file beside the source: commit it with the mending.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
seconds=${SECONDS_TO_RUN:-600}
export PROPTEST_CASES=${PROPTEST_CASES:-2000}
cargo test --locked --release -p dynasty-core --no-run
while [ "$SECONDS" -lt "$seconds" ]; do
    # The last round is cut off at the end of the time, which is not a failure (124).
    status=0
    log=$(timeout "$((seconds - SECONDS + 1))" cargo test --locked --release -p dynasty-core 2>&1) || status=$?
    case $status in
    0) passed "round of $PROPTEST_CASES cases, $SECONDS s" ;;
    124) say "time is up" ;;
    *) failed "round of $PROPTEST_CASES cases"; printf '%s\n' "$log"; break ;;
    esac
done
finish fuzz
