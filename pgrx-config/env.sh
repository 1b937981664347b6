# Sourced by every script here: versions, places, and who runs the server. Bash.
# What a user may set beforehand: PG_CONFIG, CARGO_TARGET_DIR, TMPDIR.

# An error inside "$(...)" is an error.
shopt -s inherit_errexit

PG_MAJOR=${PG_MAJOR:-15}
PGRX_VERSION=0.18.1
CARGO_DENY_VERSION=0.20.2

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$PG_MAJOR/bin/pg_config}
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
