#!/usr/bin/env bash
# Every runner, one build, one cluster; the closing lines again at the end. What `make test` and CI call.
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"
cd "$ROOT"
closing=()
status=0
run() {
    local log=$scratch/$1 begun=$SECONDS
    printf '\n--- %s\n' "$1"
    "tests/$1.sh" 2>&1 | tee "$log" || status=1
    local line
    line=$(grep -E "^$1: [0-9]+ passed, [0-9]+ failed$" "$log" | tail -n 1) || { line="$1: 0 passed, 1 failed"; status=1; }
    closing+=("$line")
    say "$1 took $((SECONDS - begun)) s"
}
scratch=$(mktemp -d)
cluster=
clean_up() {
    if [ -n "$cluster" ]; then pgrx-config/cluster.sh destroy "$cluster"; fi
    rm -rf "$scratch"
}
trap clean_up EXIT

run lint
run core
if pgrx-config/build.sh && cluster=$(pgrx-config/cluster.sh new); then
    export DYNASTY_CLUSTER=$cluster
    run regress
    run isolation
    run real
    run oracle
    run models
    run tap
    run clients
    run docs
else
    closing+=("build: 0 passed, 1 failed")
    status=1
fi

printf '\n--- summary\n'
printf '%s\n' "${closing[@]}"
exit $status
