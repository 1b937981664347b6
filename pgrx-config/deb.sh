#!/usr/bin/env bash
# A Debian package of what build.sh made: postgresql-NN-dynasty, under target/packages. For the server of PG_MAJOR or PG_CONFIG,
# by default the distribution's own (env.sh). The same sources, toolchain and place give the same file, bit by bit.
# DEBFULLNAME and DEBEMAIL: who makes it.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$ROOT"
[ -f "$STAGE/dynasty.so" ] || die "nothing is built yet: run pgrx-config/build.sh"
case $PG_CONFIG in /usr/lib/postgresql/*) ;; *) die "a Debian package is for a server of Debian's, not for $PG_CONFIG" ;; esac
"$ROOT/pgrx-config/setup.sh" --only dpkg-dev binutils python3-minimal

name=postgresql-$PG_MAJOR-dynasty
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)-1
architecture=$(dpkg --print-architecture)
out=$TARGET/packages
# Times of files are that of the last commit; of a source archive, that of its changelog.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}
export SOURCE_DATE_EPOCH
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
doc=$tree/usr/share/doc/$name
mkdir -p "$tree/DEBIAN" "$doc" "$tree/usr/share/lintian/overrides" "$work/debian" "$out"

mkdir -p "$tree$("$PG_CONFIG" --pkglibdir)" "$tree$("$PG_CONFIG" --sharedir)/extension"
pgrx-config/install.sh "$tree"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree$("$PG_CONFIG" --pkglibdir)/dynasty.so"
chmod 644 "$tree$("$PG_CONFIG" --pkglibdir)/dynasty.so"

# What it links to, as the packages of this distribution.
printf 'Source: dynasty\n\nPackage: %s\nArchitecture: any\n' "$name" >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "tree$("$PG_CONFIG" --pkglibdir)/dynasty.so" 2>"$work/shlibdeps" | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { cat "$work/shlibdeps" >&2; die "dpkg-shlibdeps found nothing"; }

# Who wrote what is in the library, and under which licence: all crates of it with their texts.
cargo metadata --locked --format-version 1 --no-default-features --features "pg$PG_MAJOR" --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" >"$work/metadata"
python3 pgrx-config/licences.py "$work/metadata" LICENSE >"$doc/copyright"
gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
maintainer="${DEBFULLNAME:-The dynasty developers} <${DEBEMAIL:-dynasty@packages.example.org}>"
printf 'dynasty (%s) unstable; urgency=medium\n\n  * Built from the sources of this version: see changelog.gz.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.Debian.gz"
cp README.md "$doc/"
sed "s/PACKAGE/$name/" pgrx-config/lintian-overrides >"$tree/usr/share/lintian/overrides/$name"

cat >"$tree/DEBIAN/control" <<CONTROL
Package: $name
Source: dynasty
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f1)
Depends: $depends, postgresql-$PG_MAJOR
Suggests: postgresql-$PG_MAJOR-partman
Section: database
Priority: optional
Description: sports-prediction database as a PostgreSQL $PG_MAJOR extension
 Game logs go in; exact season statistics come out inside the same transaction,
 with point-in-time features, labels, models and their explanations, and the
 operations of such a database: health, alerts, partitions, cache notices.
 .
 After installation: CREATE EXTENSION dynasty CASCADE. Tables belong to the
 database and not to the extension: neither removing this package nor DROP
 EXTENSION takes a row.
CONTROL
(cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
deb=$out/${name}_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$deb" >/dev/null
say "package: $deb"
