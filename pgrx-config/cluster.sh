#!/usr/bin/env bash
# A private Postgres: a copy of the machine's server with dynasty in it, its own data, its own unix socket, no TCP.
# Nothing of the machine's Postgres is written to, and only servers of our own data directories are ever stopped.
#
#   cluster.sh new [--fsync] [PORT]   make one in a fresh directory and start it; prints that directory (HOME below)
#   cluster.sh start|stop HOME        again / for now
#   cluster.sh destroy HOME           stop and remove
#   cluster.sh env HOME               export lines for psql, pg_regress, prove (eval them)
#   cluster.sh psql-line HOME [DB]    the line to type
set -euo pipefail
. "$(dirname "$0")/env.sh"

BINDIR=$("$PG_CONFIG" --bindir)

# What a failed `new` leaves is removed again.
abandon() {
    if [ -n "${made:-}" ]; then stop "$made" 2>/dev/null || true; rm -rf "$made"; fi
}

# The directory must be readable by the server's user, and the repo may lie under /root: so it is under TMPDIR.
# Postgres finds its files by the path of its own binary: the same layout under a prefix is a server of its own.
new_tree() {
    local home=$1 lib share
    chmod 755 "$home"
    lib=$("$PG_CONFIG" --pkglibdir)
    share=$("$PG_CONFIG" --sharedir)
    mkdir -p "$home$BINDIR" "$home$lib" "$home$share"
    cp -L "$BINDIR"/* "$home$BINDIR/"
    # bitcode serves only jit, pgxs only builds.
    find "$lib" -mindepth 1 -maxdepth 1 ! -name bitcode ! -name pgxs -exec cp -rL {} "$home$lib/" \;
    cp -rL "$share/." "$home$share/"
    chmod -R a+rX "$home"
    "$ROOT/pgrx-config/install.sh" "$home"
}

ours() {
    [ -f "$1/dynasty-cluster" ] || die "'$1' is not a cluster made by cluster.sh"
}

start() {
    as_server env -u RUST_BACKTRACE "$1$BINDIR/pg_ctl" -D "$1/data" -l "$1/data/server.log" -w start >/dev/null ||
        { tail -n 20 "$1/data/server.log" >&2; die "the server did not start"; }
}

stop() {
    # Not running is fine: status 3 of pg_ctl.
    if as_server "$1$BINDIR/pg_ctl" -D "$1/data" status >/dev/null; then
        as_server "$1$BINDIR/pg_ctl" -D "$1/data" -m fast -w stop >/dev/null
    fi
}

new() {
    local home fsync=off port
    if [ "${1:-}" = --fsync ]; then fsync=on; shift; fi
    port=${1:-5432} # only part of the socket's name: a directory of our own cannot collide
    home=$(mktemp -d "${TMPDIR:-/tmp}/dynasty-XXXXXX")
    [ ${#home} -lt 80 ] || die "$home is too long for a unix socket: set TMPDIR to something shorter"
    made=$home
    trap abandon EXIT
    new_tree "$home"
    echo "port=$port" >"$home/dynasty-cluster"
    mkdir "$home/data" "$home/socket"
    if [ "$(id -u)" = 0 ]; then chown "$SERVER_USER" "$home/data" "$home/socket"; fi
    as_server env LC_ALL=C.UTF-8 "$home$BINDIR/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    { cat "$ROOT/pgrx-config/postgresql.conf"
      printf "port = %s\nunix_socket_directories = '%s'\nfsync = %s\n" "$port" "$home/socket" "$fsync"
    } >>"$home/data/postgresql.conf"
    start "$home"
    trap - EXIT
    printf '%s\n' "$home"
}

environment() {
    . "$1/dynasty-cluster"
    printf "export PATH='%s':\"\$PATH\" PGHOST='%s' PGPORT=%s PGUSER=postgres PGDATABASE='%s'\n" \
        "$1$BINDIR" "$1/socket" "$port" "${2:-postgres}"
}

command=${1:-}
[ -n "$command" ] || die "usage: cluster.sh new|start|stop|destroy|env|psql-line"
shift
[ "$command" = new ] || ours "${1:-}"
case $command in
new) new "$@" ;;
start) start "$1" ;;
stop) stop "$1" ;;
destroy) stop "$1"; rm -rf "$1" ;;
env) environment "$@" ;;
psql-line) . "$1/dynasty-cluster"; echo "psql -h $1/socket -p $port -U postgres ${2:-postgres}" ;;
*) die "unknown command '$command'" ;;
esac
