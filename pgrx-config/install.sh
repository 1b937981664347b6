#!/usr/bin/env bash
# Copies what build.sh staged into a server. Usage: install.sh [PREFIX]
# PREFIX goes before the server's own directories: a private tree (tree.sh), or a package root as in DESTDIR.
set -euo pipefail
. "$(dirname "$0")/env.sh"

prefix=${1:-}
lib=$prefix$("$PG_CONFIG" --pkglibdir)
ext=$prefix$("$PG_CONFIG" --sharedir)/extension
[ -f "$STAGE/dynasty.so" ] || die "nothing is built yet: run pgrx-config/build.sh"
mkdir -p "$lib" "$ext" 2>/dev/null || true
[ -w "$lib" ] && [ -w "$ext" ] || die "no right to write into $lib and $ext (try: sudo env PATH=\"\$PATH\" make install)"
# A running server has the old library mapped: replace the file, never write into it.
install -m 755 "$STAGE/dynasty.so" "$lib/dynasty.so.new"
mv "$lib/dynasty.so.new" "$lib/dynasty.so"
install -m 644 "$STAGE/dynasty.control" "$STAGE"/dynasty--*.sql "$ext/"
say "installed dynasty $VERSION into $lib and $ext"
