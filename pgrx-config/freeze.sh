#!/usr/bin/env bash
# Freezes the scripts of a release: freeze.sh X.Y [again]
#
# Writes the install script of X.Y, and the upgrade and downgrade scripts that lead to and from it, into sql/releases with
# their checksums. What lies there is what users have installed: it never changes, and `make lint` sees to that. `again`
# is for the time before the release is out, when something still had to go into it.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$ROOT"

release=${1:-}
[[ $release =~ ^[0-9]+\.[0-9]+$ ]] || die "usage: freeze.sh X.Y [again]"
script=sql/releases/dynasty--$release.sql
[ ! -f "$script" ] || [ "${2:-}" = again ] || die "$release is frozen: say 'again' if it is not out yet"

# Another version than the current one is made of the same library, without what came later. The script that is there
# would only be compared with.
rm -f "$script"
pgrx-config/build.sh
"$TARGET/${DYNASTY_PROFILE:-release}/dynasty-schema" "$STAGE/dynasty.so" dynasty.control "$release" "$script"
for path in sql/dynasty--*--"$release".sql sql/dynasty--"$release"--*.sql; do
    [ -f "$path" ] || continue
    # A script between this release and a version still in the making is frozen with that one.
    other=$(basename "$path" .sql | sed "s/^dynasty--//; s/--//; s/$release//")
    if [ -f "sql/releases/dynasty--$other.sql" ]; then cp "$path" sql/releases/; fi
done
(cd sql/releases && sha256sum dynasty--*.sql >SHA256SUMS)
cp sql/releases/dynasty--*.sql "$STAGE/"
say "frozen: $(cd sql/releases && echo dynasty--*.sql)"
