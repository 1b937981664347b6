#!/usr/bin/env bash
# Licences, sources and known holes of what we build on (deny.toml). Installs cargo-deny into the target directory when
# it is not there: two minutes, once.
set -euo pipefail
. "$(dirname "$0")/../../pgrx-config/env.sh"
cd "$ROOT"
deny=$(command -v cargo-deny || echo "$TARGET/tools/bin/cargo-deny")
if [ ! -x "$deny" ]; then
    say "installing cargo-deny $CARGO_DENY_VERSION into $TARGET/tools"
    # --debug, without debug information: half the time to build, and it runs for a second.
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 cargo install cargo-deny --version "$CARGO_DENY_VERSION" --locked --debug --quiet \
        --root "$TARGET/tools" --target-dir "$TARGET/tools/build"
    rm -rf "$TARGET/tools/build"
fi
"$deny" --workspace check bans licenses sources

# The list of known holes is fetched; a machine without a way to it can still run everything else, and is told.
if log=$("$deny" --workspace check advisories 2>&1); then
    echo "note: no known holes (advisories)"
elif grep -q 'failed to fetch advisory database' <<<"$log"; then
    echo "note: known holes (advisories) NOT checked: the database cannot be fetched from here"
else
    printf '%s\n' "$log"
    exit 1
fi
