#!/usr/bin/env bash
# What can be said without running anything.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

check() {
    local name=$1 log
    shift
    if log=$("$@" 2>&1); then
        passed "$name"
        grep '^note:' <<<"$log" || true
    else
        failed "$name"
        printf '%s\n' "$log"
    fi
}
export PGRX_PG_CONFIG_PATH=$PG_CONFIG
check fmt cargo fmt --all --check
# In the release profile, so that the server's headers are read (bindgen) once for lint and build.
check clippy cargo clippy --locked --release --workspace --exclude dynasty-with-example --all-targets -- -D warnings
check fence tests/run/fence.sh
check fence_faults tests/run/fence_faults.sh
check server_log tests/run/server_log_check.sh
check deny tests/run/deny.sh
check pgspot tests/run/pgspot.sh
finish lint
