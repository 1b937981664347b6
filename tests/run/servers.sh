#!/usr/bin/env bash
# The suites on servers that this machine's distribution has not: each in a root of the Debian that has it, under target/servers/NN, built
# against its real headers. Closing line of each: `servers-NN: N passed, N failed`. Where no root can be made: a line SKIPPED, not a pass.
# SERVERS: which (those of 15, 17 and 18 that are not this machine's, and `between`). RUNNERS: which of the runners, and `packages` for the Debian package made there ("regress isolation packages"). TESTS: of them.
# NO_SERVER_AFTER: no further server is begun after this second (CI's own time is bounded); it is SKIPPED, and said.
# Then what goes from server to server: `servers-between`. What is built for this machine's server is copied first: of it only what knows the server's headers is compiled again.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
declare -A SUITE=([15]=bookworm [17]=trixie [18]=forky)
PROFILE=${DYNASTY_PROFILE:-release}
log=$(mktemp)
at_end 'rm -f "$log"'

# in_root MAJOR COMMAND...
in_root() {
    PG_MAJOR=$1 CARGO_TARGET_DIR=$TARGET/servers/$1/target DYNASTY_STAGE="" pgrx-config/root.sh run "$TARGET/servers/$1/root" "${@:2}"
}
# ready MAJOR: the root with the server and the tools in it; 77 where none can be made here.
ready() {
    local at=$TARGET/servers/$1
    if [ ! -d "$at/root" ]; then
        pgrx-config/root.sh make "${SUITE[$1]}" "$at/root" >"$log" 2>&1 || return 77
    fi
    if [ ! -d "$at/target" ]; then
        mkdir -p "$at/copy"
        if [ -d "$TARGET/$PROFILE" ]; then cp -a "$TARGET/$PROFILE" "$at/copy/"; rm -rf "$at/copy/$PROFILE/incremental"; fi
        mv "$at/copy" "$at/target"
    fi
    # What testing lacks today, or a mirror does not give, is no fault of ours.
    in_root "$1" pgrx-config/setup.sh >"$log" 2>&1 || return 77
}
# told RUNNER: its closing line in the log, as passed and failed.
told() { sed -n "s/^$1: \([0-9]*\) passed, \([0-9]*\) failed\$/\1 \2/p" "$log" | tail -n 1; }

one_runner() {
    if [ "$2" = packages ]; then
        # Made where its server is, and tried in another root, that has nothing.
        rm -f "$TARGET/servers/$1/target/packages"/*.deb
        in_root "$1" pgrx-config/deb.sh && tests/run/packages.sh "$TARGET/servers/$1/target/packages"/*.deb
    else
        # shellcheck disable=SC2086 # several tests
        in_root "$1" "tests/run/$2.sh" ${TESTS:-}
    fi
}

one_server() {
    local major=$1 status=0 counts runner begun=$SECONDS
    PASSED=0 FAILED=0
    printf '\n--- PostgreSQL %s\n' "$major"
    ready "$major" || status=$?
    if [ "$status" = 77 ]; then
        tail -n 3 "$log"
        printf 'servers-%s: SKIPPED: no root of Debian %s can be made here (%s)\n' "$major" "${SUITE[$major]}" "$(grep . "$log" | tail -n 1 | cut -c1-100)"
        return
    fi
    if [ "$status" = 0 ]; then
        say "root and tools: $((SECONDS - begun)) s"
        in_root "$major" pgrx-config/build.sh >"$log" 2>&1 || status=$?
    fi
    if [ "$status" != 0 ]; then
        failed "set-up and build for PostgreSQL $major"
        tail -n 40 "$log"
    else
        passed "built for $(in_root "$major" "/usr/lib/postgresql/$major/bin/pg_config" --version), $((SECONDS - begun)) s since the beginning"
        for runner in ${RUNNERS:-regress isolation}; do
            begun=$SECONDS
            one_runner "$major" "$runner" 2>&1 | tee "$log" | grep -vE '^(ok  |    [0-9]|==>)' || true
            counts=$(told "$runner")
            if [ -z "$counts" ]; then failed "$runner ended early"; tail -n 20 "$log"; continue; fi
            PASSED=$((PASSED + ${counts% *})) FAILED=$((FAILED + ${counts#* }))
            say "$runner on $major took $((SECONDS - begun)) s"
        done
    fi
    [ "$FAILED" = 0 ] || touch "$TARGET/servers/failed"
    printf 'servers-%s: %d passed, %d failed\n' "$major" "$PASSED" "$FAILED" | tee -a "$TARGET/servers/lines"
}

# What goes from server to server (tap 018, 019): 15, 17 and 18 in the root of testing, whose apt takes the older ones, with the older
# libraries they want, from Debian 12 and 13. The library is what was built for each; that for 15 this machine's, if it has 15.
between() {
    local major status=0 counts
    PASSED=0 FAILED=0
    printf '\n--- from server to server\n'
    for major in 15 17 18; do [ -f "$(stage "$major")/dynasty.so" ] || status=77; done
    if [ "$status" = 77 ]; then printf 'servers-between: SKIPPED: wants what was built for 15, 17 and 18\n'; return; fi
    in_root 18 bash -c 'if [ ! -x /usr/lib/postgresql/15/bin/pg_upgrade ] || [ ! -x /usr/lib/postgresql/17/bin/pg_upgrade ]; then
            printf "deb http://deb.debian.org/debian %s main\n" bookworm trixie >/etc/apt/sources.list.d/older.list
            pgrx-config/setup.sh --only postgresql-15 postgresql-17 || exit 77
        fi' >"$log" 2>&1 || status=$?
    if [ "$status" = 77 ]; then
        printf 'servers-between: SKIPPED: the older servers cannot be had (%s)\n' "$(grep . "$log" | tail -n 1 | cut -c1-100)"
        return
    fi
    # shellcheck disable=SC2016 # for the inner shell
    in_root 18 bash -c '
        set -euo pipefail
        servers= homes=()
        trap "rm -rf \"\${homes[@]}\"" EXIT # stopped long since
        for place in "$@"; do
            major=${place%%=*} bin=/usr/lib/postgresql/${place%%=*}/bin
            # A tree of that server with the extension in it; its own data is of no use here.
            home=$(PG_CONFIG=$bin/pg_config DYNASTY_STAGE=${place#*=} pgrx-config/cluster.sh new)
            homes+=("$home")
            PG_CONFIG=$bin/pg_config pgrx-config/cluster.sh stop "$home"
            servers="$servers $major=$home${bin%/bin}"
        done
        DYNASTY_SERVERS=$servers tests/run/tap.sh house/018_pg_upgrade_servers house/019_logical_servers
    ' _ "15=$(stage 15)" "17=$(stage 17)" "18=$(stage 18)" 2>&1 | tee "$log" | grep -vE '^(    [0-9]|==>)' || true
    counts=$(told tap)
    if [ -z "$counts" ]; then failed "it ended early"; tail -n 20 "$log"; else PASSED=${counts% *} FAILED=${counts#* }; fi
    [ "$FAILED" = 0 ] || touch "$TARGET/servers/failed"
    printf 'servers-between: %d passed, %d failed\n' "$PASSED" "$FAILED" | tee -a "$TARGET/servers/lines"
}
# stage MAJOR: where what was built for it lies.
stage() { if [ "$1" = "$PG_MAJOR" ]; then echo "$TARGET/dynasty-stage"; else echo "$TARGET/servers/$1/target/dynasty-stage"; fi; }

mkdir -p "$TARGET/servers"
rm -f "$TARGET/servers/failed" "$TARGET/servers/lines"
if [ -z "${SERVERS:-}" ]; then
    for major in 15 17 18; do [ "$major" = "$PG_MAJOR" ] || SERVERS="${SERVERS:-} $major"; done
    SERVERS="$SERVERS between"
fi
for major in $SERVERS; do
    if [ -n "${NO_SERVER_AFTER:-}" ] && [ "$(date +%s)" -gt "$NO_SERVER_AFTER" ]; then
        printf 'servers-%s: SKIPPED: the machine is slow, and no time is left\n' "$major"
        continue
    fi
    if [ "$major" = between ]; then between; continue; fi
    [ -n "${SUITE[$major]:-}" ] || die "no Debian has PostgreSQL $major: SERVERS may name ${!SUITE[*]}"
    one_server "$major"
done
[ ! -e "$TARGET/servers/failed" ]
