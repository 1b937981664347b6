#!/usr/bin/env bash
# Installs what is missing on a Debian machine to build, run and test the extension. Rust has to be there already.
# Debian 12 and 13 and testing bring PostgreSQL 15, 17 and 18; PG_MAJOR or PG_CONFIG choose another that is there (env.sh).
# Touches no running server and makes no cluster. Usage: setup.sh [--no-tests | --only PACKAGE...]
set -euo pipefail
. "$(dirname "$0")/env.sh"

[ "${1:-}" = --only ] || command -v cargo >/dev/null ||
    die "cargo is not in PATH: install Rust first (https://rustup.rs), version 1.95 or later"

packages="ca-certificates gcc libc6-dev make pkg-config clang libclang-dev"
[ "${1:-}" = --no-tests ] || packages="$packages libipc-run-perl python3-venv redis-tools"
# With a PG_CONFIG of his own somebody brings his own server.
case $PG_CONFIG in
/usr/lib/postgresql/*)
    packages="$packages postgresql-$PG_MAJOR postgresql-server-dev-$PG_MAJOR"
    [ "${1:-}" = --no-tests ] || packages="$packages postgresql-$PG_MAJOR-partman"
    ;;
*) [ -x "$PG_CONFIG" ] || die "PG_CONFIG=$PG_CONFIG is not there" ;;
esac
if [ "${1:-}" = --only ]; then packages=${*:2}; fi

if ! command -v dpkg-query >/dev/null; then
    die "this is not a Debian system: install by hand what these packages hold: $packages"
fi
missing=
for p in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null || true)" = installed ] || missing="$missing $p"
done
if [ -z "$missing" ]; then
    say "set-up: nothing is missing"
    exit 0
fi

if [ "$(id -u)" = 0 ]; then
    root() { "$@"; }
elif command -v sudo >/dev/null; then
    root() { sudo "$@"; }
else
    die "missing:$missing - run this as root or install sudo"
fi
say "set-up: installing$missing"

# A new postgresql-NN package makes and starts a cluster `main`. Ours are throw-away ones elsewhere, so say no, by a
# drop-in that lies there only during the installation: the machine's own settings stay as they are.
conf_dir=/etc/postgresql-common/createcluster.d
conf=$conf_dir/zz-dynasty-setup.conf
cleanup() {
    root rm -f "$conf"
    if [ -n "${made_dir:-}" ]; then root rmdir "$conf_dir" 2>/dev/null || true; fi
}
trap cleanup EXIT
[ -d "$conf_dir" ] || made_dir=yes
root mkdir -p "$conf_dir"
echo "create_main_cluster = false" | root tee "$conf" >/dev/null

apt() { root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >&2; }
# The package lists of a fresh image are empty, those of an old one may name files that are gone.
# shellcheck disable=SC2086
apt install --no-install-recommends $missing || { apt update && apt install --no-install-recommends $missing; }
say "set-up: installed$missing"
