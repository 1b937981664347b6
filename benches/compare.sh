#!/usr/bin/env bash
# What a change costs: the hot paths with an earlier revision and with this tree, in two servers side by side, in turns.
#   benches/compare.sh OLD_REVISION [OUT]      OUT: benches/COMPARE.md by default, - for the terminal alone
# PROSPECTS=9000 ROUNDS=9 LOGS=100000 by default; ONLY='ingest|refresh': these paths alone. OLD_REVISION=HEAD on a clean tree shows how far apart two equal servers are. Release builds (DYNASTY_PROFILE=quick only to try this script).
set -euo pipefail
. "$(dirname "$0")/../pgrx-config/env.sh"
[ $# -ge 1 ] || die "usage: compare.sh OLD_REVISION [OUT]"
cd "$ROOT"
old=$(git rev-parse --verify --quiet "$1^{commit}") || die "'$1' is no revision"
new=$(git rev-parse --short HEAD)$(git diff --quiet HEAD || echo ' and what is not committed')
out=${2:-$ROOT/benches/COMPARE.md}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/dynasty-compare-XXXXXX")
chmod 777 "$scratch" # the servers read the rows to be copied from there
homes=()
clean_up() {
    for home in "${homes[@]}"; do "$ROOT/pgrx-config/cluster.sh" destroy "$home"; done
    git worktree remove --force "$scratch/old" 2>/dev/null || true
    rm -rf "$scratch"
}
trap clean_up EXIT

# Each into a target of its own: two trees of one package in one target are the same file to cargo, and the second gets the library of the first.
side() { # side TREE TARGET: builds, and makes a server with fsync and everything in memory
    local home
    CARGO_TARGET_DIR=$2 "$1/pgrx-config/build.sh" >&2
    home=$(CARGO_TARGET_DIR=$2 "$1/pgrx-config/cluster.sh" new --fsync)
    (eval "$("$ROOT/pgrx-config/cluster.sh" env "$home")"
    psql -Xq -c "ALTER SYSTEM SET shared_buffers = '1GB'" -c "ALTER SYSTEM SET max_parallel_workers_per_gather = 0" \
        -c "ALTER SYSTEM SET work_mem = '256MB'" -c "ALTER SYSTEM SET autovacuum = off" >&2)
    "$ROOT/pgrx-config/cluster.sh" stop "$home" >&2
    "$ROOT/pgrx-config/cluster.sh" start "$home" >&2
    printf '%s\n' "$home"
}
git worktree add --quiet --detach "$scratch/old" "$old"
homes+=("$(side "$scratch/old" "$TARGET/compare-old")")
homes+=("$(side "$ROOT" "$TARGET")")
eval "$("$ROOT/pgrx-config/cluster.sh" env "${homes[1]}")" # psql
python3 "$ROOT/benches/compare.py" --old "${homes[0]}/socket" --new "${homes[1]}/socket" --port "$PGPORT" --scratch "$scratch" \
    --names "$(git rev-parse --short "$old")" "$new" --prospects "${PROSPECTS:-9000}" --logs "${LOGS:-100000}" --rounds "${ROUNDS:-9}" --only "${ONLY:-}" --out "$out"
