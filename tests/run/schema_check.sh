#!/usr/bin/env bash
# Contributors build with cargo-pgrx, we with crates/schema (cargo alone): both must write the same install script.
# The order of statements is not stable even between two runs of one tool, so sets of statements are compared.
# cargo-pgrx is installed into the target directory when it is not there: two to three minutes, once.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
"$ROOT/pgrx-config/build.sh"

tools=$TARGET/tools
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0
if [ ! -x "$tools/bin/cargo-pgrx" ]; then
    say "installing cargo-pgrx $PGRX_VERSION into $tools"
    # --debug, without debug information: a third of the time to build, and it runs for a second.
    cargo install cargo-pgrx --version "$PGRX_VERSION" --locked --debug --quiet --root "$tools" --target-dir "$tools/build"
    rm -rf "$tools/build"
fi
export PGRX_HOME=$tools/pgrx-home PATH=$tools/bin:$PATH
mkdir -p "$PGRX_HOME"
cargo pgrx init "--pg$PG_MAJOR=$PG_CONFIG" >/dev/null 2>&1 || [ -f "$PGRX_HOME/config.toml" ] || die "cargo pgrx init failed"

out=$(mktemp -d)
at_end 'rm -rf "$out"'
# A target directory of its own: cargo-pgrx compiles with other flags, the two would push each other out.
CARGO_TARGET_DIR=$TARGET/pgrx cargo pgrx schema "pg$PG_MAJOR" --out "$out/pgrx.sql" >"$out/log" 2>&1 ||
    { cat "$out/log"; die "cargo pgrx schema failed"; }

statements "$out/pgrx.sql" >"$out/theirs"
statements "$STAGE/generated.sql" >"$out/ours"
if [ -s "$out/ours" ] && diff -u "$out/theirs" "$out/ours"; then
    passed "cargo pgrx schema and crates/schema agree ($(grep -c . "$out/ours") lines)"
else
    failed "cargo pgrx schema and crates/schema differ"
fi
finish schema-check
