#!/usr/bin/env bash
# Builds the extension and lays library, control file and install script into $STAGE. Needs cargo alone, no cargo-pgrx.
#
# One profile, release, for demo, tests, benchmarks and `make install`: what is tested is what is shipped, and a cold
# machine compiles the dependencies once. Cold that takes 2-3 minutes on two cores: bindgen reads the server's headers,
# and thin LTO over one codegen unit pays for itself in the aggregation (without it 1.3-2 times slower).
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ -x "$PG_CONFIG" ] || die "no $PG_CONFIG: run 'make setup', or pass PG_CONFIG="

cd "$ROOT"
PROFILE=${DYNASTY_PROFILE:-release} # for whoever is writing: `quick`
features=(--no-default-features --features "pg$PG_MAJOR")
say "build: dynasty $VERSION ($PROFILE) for PostgreSQL $PG_MAJOR"
PGRX_PG_CONFIG_PATH=$PG_CONFIG cargo build --locked --profile "$PROFILE" --lib "${features[@]}"
cargo build --locked --profile "$PROFILE" -p dynasty-schema

mkdir -p "$STAGE"
cp "$TARGET/$PROFILE/libdynasty.so" "$STAGE/dynasty.so"
cp dynasty.control "$STAGE/"
rm -f "$STAGE"/*.sql
"$TARGET/$PROFILE/dynasty-schema" "$STAGE/dynasty.so" dynasty.control "$VERSION" "$STAGE/generated.sql"
# What is released never changes (freeze.sh): it is taken as it lies in sql/releases.
find sql/releases -name 'dynasty--*.sql' -exec cp {} "$STAGE" \;
if [ -f "$STAGE/dynasty--$VERSION.sql" ]; then
    diff -u <(statements "$STAGE/dynasty--$VERSION.sql") <(statements "$STAGE/generated.sql") >&2 ||
        die "the SQL of version $VERSION is released and this is another: give it a new version, and scripts up and down"
else
    cp "$STAGE/generated.sql" "$STAGE/dynasty--$VERSION.sql"
fi
# Upgrade and downgrade scripts are written by hand and lie flat in sql/.
for script in sql/dynasty--*--*.sql; do
    name=$(basename "$script")
    if [ ! -f "sql/releases/$name" ]; then cp "$script" "$STAGE/"; fi
done
say "build: staged in $STAGE"
