#!/usr/bin/env bash
# Every runner, one build, a cluster per core; the closing lines again at the end. What `make test` and CI call.
#
# What is one process at a time (the last crate of a build, a client, the oracle) leaves a core idle, and so does a test that waits, so
# two lanes run side by side where nothing is shared: cargo's two profiles first; then regress files, specs and TAP files, as many at
# a time as there are clusters for them (lib.sh), beside the others in a cluster of their own. JOBS=1: one thing after the other.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
JOBS=${JOBS:-$(nproc)}
export JOBS
scratch=$(mktemp -d)
clusters=()
at_end 'rm -rf "$scratch"'
at_end 'for cluster in "${clusters[@]}"; do pgrx-config/cluster.sh destroy "$cluster"; done'
rm -f "$TARGET/results/times"

# run NAME: the runner, its closing lines kept for the end.
run() {
    local log=$scratch/$1.log begun=$SECONDS line
    printf '\n--- %s\n' "$1"
    # Beside, and waited for: a wait ends when this script is told to end, and the runner with it.
    beside to_end "$1" "$log"
    wait $! || touch "$scratch/failed"
    line=$(grep -E "^$1: [0-9]+ passed, [0-9]+ failed$" "$log" | tail -n 1) || { line="$1: 0 passed, 1 failed"; touch "$scratch/failed"; }
    { printf '%s\n' "$line"; grep -E "^$1 in [a-z]+: [0-9]+ passed, [0-9]+ failed$" "$log" | sed 's/^/    /' || true; } >"$scratch/$1.line"
    say "$1 took $((SECONDS - begun)) s"
}
to_end() { "$RUN/$1.sh" 2>&1 | tee "$2"; }

# lane NAME...: these runners, beside what comes next; their output waits for join.
lane() {
    if [ "$JOBS" = 1 ]; then
        for name in "$@"; do run "$name"; done
    else
        beside in_lane "$@"
        lane=$!
    fi
}
in_lane() { for name in "$@"; do run "$name"; done >"$scratch/lane" 2>&1; }
join() {
    if [ -n "${lane:-}" ]; then
        wait "$lane" || touch "$scratch/failed"
        lane=
        cat "$scratch/lane"
    fi
}
make_fixtures() { nice "$RUN/models.sh" --fixtures >"$scratch/fixtures" 2>&1; } # what failed models.sh tries again, and tells

lane core
run lint
if pgrx-config/build.sh; then
    join
    # Once, five minutes of one core: begun now, they are there when the lane comes to models.
    if [ "$JOBS" != 1 ]; then beside make_fixtures; fi
    for ((i = 0; i <= JOBS; i++)); do
        cluster=$(pgrx-config/cluster.sh new)
        clusters+=("$cluster")
    done
    export DYNASTY_CLUSTER=${clusters[JOBS]}
    lane real oracle docs clients example models
    DYNASTY_CLUSTER=$(IFS=:; printf '%s' "${clusters[*]:0:JOBS}")
    run tap
    run regress
    run isolation
    join
else
    join
    echo 'build: 0 passed, 1 failed' >"$scratch/build.line"
    touch "$scratch/failed"
fi

printf '\n--- the slowest, in ms\n'
sort -rn "$TARGET/results/times" 2>/dev/null | sed -n 1,20p
printf '\n--- summary\n'
for name in build lint core regress isolation tap real oracle models clients docs example; do cat "$scratch/$name.line" 2>/dev/null || true; done
[ ! -e "$scratch/failed" ]
