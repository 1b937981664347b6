#!/usr/bin/env bash
# The README's two commands on bare machines: for each Debian a fresh minimal root (root.sh) with nothing but Rust added, `setup.sh`, `make demo`,
# `make test`, from a cold build. Half an hour each. Usage: bare.sh [SUITE...]. COMMANDS: which of make's ("demo test").
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
[ $# -gt 0 ] || set -- bookworm trixie forky
log=$(mktemp)
at_end 'rm -f "$log"'
for suite in "$@"; do
    at=$TARGET/servers/bare-$suite
    printf '\n--- Debian %s\n' "$suite"
    rm -rf "$at/target"
    pgrx-config/root.sh remove "$at/root"
    if ! pgrx-config/root.sh make "$suite" "$at/root" >"$log" 2>&1; then
        printf 'bare-%s: SKIPPED: no root can be made here (%s)\n' "$suite" "$(grep . "$log" | tail -n 1 | cut -c1-100)"
        continue
    fi
    PASSED_BEFORE=$PASSED FAILED_BEFORE=$FAILED
    # There is no make yet: what the README says for that case. It installs for the tests, too.
    for command in "pgrx-config/setup.sh" $(printf 'make~%s ' ${COMMANDS:-demo test}); do
        command=${command/\~/ }
        begun=$SECONDS
        mkdir -p "$at/target"
        # shellcheck disable=SC2086 # a command and its arguments
        if env -u PG_MAJOR -u PG_CONFIG CARGO_TARGET_DIR="$at/target" pgrx-config/root.sh run "$at/root" $command 2>&1 | tee "$log" | sed -n '/^--- summary/,$p'; then
            passed "$suite: $command ($((SECONDS - begun)) s)"
        else
            failed "$suite: $command ($((SECONDS - begun)) s)"
            grep -A 30 '^FAILED' "$log" | head -n 100 || true
            tail -n 30 "$log"
        fi
    done
    printf 'bare-%s: %d passed, %d failed\n' "$suite" $((PASSED - PASSED_BEFORE)) $((FAILED - FAILED_BEFORE))
    rm -rf "$at"
done
[ "$FAILED" = 0 ]
