#!/usr/bin/env bash
# A whole Debian in a folder, entered by chroot: other servers than this machine's, and machines on which nothing is yet.
#
#   root.sh make SUITE DIR        bookworm, trixie, forky: a minimal root, by mmdebstrap (Debian's own mirror, signatures checked)
#   root.sh run DIR COMMAND...    in it, in this repo's directory; the repo, the Rust of this machine and DYNASTY_DATA are bound in
#   root.sh remove DIR
#
# Needs root. What is mounted is mounted in a namespace that ends with the command: nothing stays, however it ends.
set -euo pipefail
. "$(dirname "$0")/env.sh"

make_root() {
    local suite=$1 dir=$2 options=()
    [ "$(id -u)" = 0 ] || die "a root can be made by root alone"
    command -v mmdebstrap >/dev/null || "$ROOT/pgrx-config/setup.sh" --only mmdebstrap
    # Mirrors keep testing's list of a while ago now and then, and testing's is good for a week. It is still signed.
    if [ "$suite" = forky ]; then options=('--aptopt=Acquire::Check-Valid-Until "false"'); fi
    mkdir -p "$(dirname "$dir")"
    rm -rf "$dir.new"
    mmdebstrap --quiet --mode=root --variant=apt --aptopt='APT::Install-Recommends "false"' "${options[@]}" "$suite" "$dir.new" >&2
    mv "$dir.new" "$dir"
}

run_in() {
    local dir=$1
    shift
    [ -x "$dir/bin/bash" ] || die "'$dir' is no root"
    cp /etc/resolv.conf "$dir/etc/resolv.conf"
    # shellcheck disable=SC2016 # for the inner shell
    unshare --mount --pid --fork --kill-child bash -c '
        set -e
        root=$1 repo=$2 target=$3 cargo=$4 rustup=$5 data=$6
        shift 6
        mount --make-rprivate /
        mkdir -p "$root/root/.cargo" "$root/root/.rustup" "$root$repo" "$root$target"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        # What a service of the machine would have made at its start.
        mount -t tmpfs tmpfs "$root/run"
        if [ -d "$cargo" ]; then mount --bind "$cargo" "$root/root/.cargo"; fi
        if [ -d "$rustup" ]; then mount --bind "$rustup" "$root/root/.rustup"; fi
        mount --bind "$repo" "$root$repo"
        # A target of its own may lie elsewhere.
        if [ "${target#"$repo"/}" = "$target" ]; then mount --bind "$target" "$root$target"; fi
        if [ -n "$data" ]; then mkdir -p "$root$data"; mount --bind "$data" "$root$data"; fi
        # shellcheck disable=SC2093
        exec chroot "$root" env -u PG_CONFIG -u CARGO_HOME -u RUSTUP_HOME HOME=/root LANG=C.UTF-8 LC_ALL=C.UTF-8 TMPDIR=/tmp \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c "PATH=\$HOME/.cargo/bin:\$PATH; cd \"\$1\" && shift && exec \"\$@\"" _ "$repo" "$@"
    ' _ "$dir" "$ROOT" "$TARGET" "${CARGO_HOME:-$HOME/.cargo}" "${RUSTUP_HOME:-$HOME/.rustup}" "${DYNASTY_DATA:-}" "$@"
}

command=${1:-}
[ $# -ge 2 ] || die "usage: root.sh make SUITE DIR | run DIR COMMAND... | remove DIR"
shift
case $command in
make) make_root "$@" ;;
run) run_in "$@" ;;
remove) [ ! -d "$1" ] || [ -x "$1/bin/bash" ] || die "'$1' is no root"; rm -rf --one-file-system "$1" ;;
*) die "unknown command '$command'" ;;
esac
