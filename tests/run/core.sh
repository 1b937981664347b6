#!/usr/bin/env bash
# The mathematics and parsing, and the tools: all that needs no server. Usage: core.sh [FILTER]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
log=$(mktemp)
at_end 'rm -f "$log"'
status=0
cargo test --locked --workspace --exclude dynasty --exclude dynasty-with-example -- "$@" >"$log" 2>&1 || status=1
grep -vE '^(test .* ok|)$|Compiling|Running|Doc-tests|^running' "$log" || true
# "test result: ok. 12 passed; 0 failed; ..." once per binary.
PASSED=$(awk '/^test result:/ {n += $4} END {print n + 0}' "$log")
FAILED=$(awk '/^test result:/ {n += $6} END {print n + 0}' "$log")
if [ "$status" != 0 ] && [ "$FAILED" = 0 ]; then FAILED=1; fi # it did not compile
finish core
