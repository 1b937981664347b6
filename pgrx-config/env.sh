# Sourced by every script here: versions, places, and who runs the server. Bash.
# What a user may set beforehand: PG_MAJOR or PG_CONFIG (which server), CARGO_TARGET_DIR, TMPDIR.

# An error inside "$(...)" is an error.
shopt -s inherit_errexit

PGRX_VERSION=0.18.1
CARGO_DENY_VERSION=0.20.2
CARGO_SBOM_VERSION=0.10.0
PGXN_META_VERSION=0.7.0

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The server that the distribution itself has: 15 on Debian 12, 17 on 13, 18 on testing. Elsewhere what its package `postgresql` leads to.
own_major() {
    case $(. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-}") in
    bookworm) echo 15 ;;
    trixie) echo 17 ;;
    forky | sid) echo 18 ;;
    noble) echo 16 ;;
    *) (apt-cache depends postgresql 2>/dev/null || true) | sed -n 's/^ *Depends: postgresql-\([0-9]*\)$/\1/p' | grep . || echo 15 ;;
    esac
}
# PG_CONFIG chooses a server, and what it says is its number; PG_MAJOR chooses one of Debian's. Neither: the distribution's own.
if [ -n "${PG_CONFIG:-}" ]; then
    if [ -x "$PG_CONFIG" ]; then PG_MAJOR=$("$PG_CONFIG" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/'); fi
    PG_MAJOR=${PG_MAJOR:-15}
else
    PG_MAJOR=${PG_MAJOR:-$(own_major)}
    PG_CONFIG=/usr/lib/postgresql/$PG_MAJOR/bin/pg_config
fi
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
STAGE=${DYNASTY_STAGE:-$TARGET/dynasty-stage} # what build.sh leaves for install.sh: library, control file, SQL
# Of the SQL: two numbers, as in ALTER EXTENSION ... UPDATE TO '1.1'. Cargo's third number is for mends in the library alone.
VERSION=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$ROOT/dynasty.control")

# rustup puts cargo here; a shell started by make, cron or CI may not have it in PATH.
if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then PATH=$HOME/.cargo/bin:$PATH; fi

# With a backtrace in every error's DETAIL no expected output would match.
unset RUST_BACKTRACE

say() { printf '==> %s\n' "$*" >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# A Postgres server refuses to run as root: root hands it to the user the Debian packages make.
if [ "$(id -u)" = 0 ]; then SERVER_USER=postgres; else SERVER_USER=$(id -un); fi
as_server() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u "$SERVER_USER" -- "$@"); else "$@"; fi
}

# The statements of an install script, sorted: their order is not stable even between two runs of one tool. Without the lines that say
# where in the source a function stands: rooms may move.
statements() {
    awk 'BEGIN {RS = "/[*] </?(begin|end) connected objects> [*]/"; ORS = "\0"}
        {gsub(/(^|\n)-- ((src|crates)\/[^\n]*:[0-9]+|dynasty(_[a-z]+)*::[^\n]*)/, ""); gsub(/\n+/, "\n"); print}' "$1" |
        sort -z | tr '\0' '\n' | grep -v '^$'
}

# pgxs_tool regress/pg_regress: the test programs that come with the server's development files.
pgxs_tool() { printf '%s/../test/%s\n' "$(dirname "$("$PG_CONFIG" --pgxs)")" "$1"; }
