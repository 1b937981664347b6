#!/usr/bin/env bash
# The regress files with the library built for AddressSanitizer: every read and write of our code outside of what malloc gave, or
# after it was given back, ends the session with a report. The server itself is Debian's: what it allots by palloc within one of
# its blocks is not told apart, the blocks are. Usage: asan.sh [SYSTEM/NAME | SYSTEM | NAME ...]
#
# The instrumentation is in the ordinary compiler (RUSTC_BOOTSTRAP=1 lets it be asked for). Its runtime lies beside the compiler
# as an archive for programs; the server is none of ours, so it is made a library and loaded before all others. (GCC's libasan
# has all symbols, too, but with it PostgreSQL of Debian 12 waits for ever in bindtextdomain().)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
host=$(rustc -vV | sed -n 's/^host: //p')
runtime=$(find "$(rustc --print sysroot)/lib/rustlib/$host/lib" -name 'librustc-*_rt.asan.a' | head -n 1)
if [ -z "$runtime" ] || ! command -v clang >/dev/null; then
    passed "SKIPPED: AddressSanitizer needs clang, and the compiler's librustc-*_rt.asan.a, which is not there for $host"
    finish asan
    exit
fi
major=$("$PG_CONFIG" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/')
DYNASTY_PROFILE=quick "$ROOT/pgrx-config/build.sh" # for the SQL
say "asan: the library again, instrumented"
# A target that is named keeps the flags away from build scripts and macros.
PGRX_PG_CONFIG_PATH=$PG_CONFIG RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=address -Cforce-frame-pointers=yes" \
    cargo build --locked --profile quick --target "$host" --target-dir "$TARGET/asan" --lib --no-default-features --features "pg$major"

CLUSTER=$("$ROOT/pgrx-config/cluster.sh" new)
at_end '"$ROOT/pgrx-config/cluster.sh" destroy "$CLUSTER"'
"$ROOT/pgrx-config/cluster.sh" stop "$CLUSTER"
mkdir "$CLUSTER/asan"
cp "$runtime" "$CLUSTER/asan/runtime.a"
(cd "$CLUSTER/asan" && ar d runtime.a asan_preinit.cpp.o && # only a program may have a preinit section
    clang -shared -Wl,--whole-archive runtime.a -Wl,--no-whole-archive -lpthread -ldl -lrt -lm -lgcc_s -o runtime.so)
chmod -R a+rX "$CLUSTER/asan"
install -m 755 "$TARGET/asan/$host/quick/libdynasty.so" "$CLUSTER$("$PG_CONFIG" --pkglibdir)/dynasty.so"
# Leaks are not looked for: the server's caches live as long as a session. Too large a request is NULL, as without it.
as_server env LD_PRELOAD="$CLUSTER/asan/runtime.so" \
    ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=0:abort_on_error=1:handle_segv=0:allocator_may_return_null=1:log_path=$CLUSTER/data/asan" \
    timeout -k 5 60 "$CLUSTER$("$PG_CONFIG" --bindir)/pg_ctl" -D "$CLUSTER/data" -l "$CLUSTER/data/server.log" -w start >/dev/null
export DYNASTY_CLUSTER=$CLUSTER
use_cluster
if grep -q "$CLUSTER/asan/runtime.so" "/proc/$(head -n 1 "$CLUSTER/data/postmaster.pid")/maps" && grep -q __asan_report_store <(nm -D "$CLUSTER$("$PG_CONFIG" --pkglibdir)/dynasty.so"); then
    passed 'the server runs with the sanitizer, and the library was built for it'
else
    failed 'the server runs with the sanitizer, and the library was built for it'
fi
choose regress "$@"
run_regress regress "${TESTS[@]}"
reports=("$CLUSTER"/data/asan.*)
if [ -e "${reports[0]}" ]; then
    failed "AddressSanitizer has ${#reports[@]} reports"
    for report in "${reports[@]}"; do head -n 60 "$report"; done
else
    passed 'AddressSanitizer found nothing'
fi
finish asan
