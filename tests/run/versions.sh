#!/usr/bin/env bash
# The servers that are to follow: the library is type-checked for each with the bindings that pgrx ships, because Debian 12
# has server 15 alone. Warnings are errors. Usage: versions.sh [MAJOR...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
[ $# -gt 0 ] || set -- 16 17 18
for major in "$@"; do
    if DOCS_RS=1 RUSTC_WRAPPER=$ROOT/pgrx-config/shipped-bindings.sh RUSTFLAGS="-D warnings" CARGO_TARGET_DIR=$TARGET/versions \
        cargo check --locked --lib --no-default-features --features "pg$major" 2>"$TARGET/versions-$major.log"; then
        passed "PostgreSQL $major: type-checked"
    else
        failed "PostgreSQL $major"
        cat "$TARGET/versions-$major.log"
    fi
done
finish versions
