#!/usr/bin/env bash
# Plants in a copy of the tree what fence.sh is to find, rule by rule, and looks whether it is found. A rule without a fault here,
# or whose fault passes, is printed; exit 1 then.
set -uo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/whole" "$work/tree"
{ git ls-files -co --exclude-standard 2>/dev/null || find . -type f -not -path './.git/*' -not -path './target/*' -printf '%P\n'; } |
    while read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done | tar cf - -T - | tar xf - -C "$work/whole"
bad=0
say() { bad=1; printf '%s\n' "$*"; }

if found=$("$work/whole/tests/run/fence.sh"); then :; else say "the tree itself: $found"; fi
cp -a "$work/whole/." "$work/tree"
declare -A planted=()
# fault RULE COMMAND: RULE begins the text of a rule in fence.sh; COMMAND plants what breaks it.
fault() {
    local rule=$1 found
    planted[$rule]=yes
    (cd "$work/tree" && touch -d "-1 second" "$work/begun" && bash -euc "$2") || say "could not be planted: $2"
    found=$("$work/tree/tests/run/fence.sh" "$rule" 2>&1)
    grep -qF "broken: $rule" <<<"$found" || say "not found: $rule ($2)"
    # Pulled out again: what is new or changed goes, and what is missing then comes back.
    find "$work/tree" -type f -newer "$work/begun" -delete
    cp -an "$work/whole/." "$work/tree"
}

unsafe='fn planted(p: *const u8) -> u8 { unsafe { *p } }'
fault 'unsafe stands in src/pg' "echo '$unsafe' >>src/prospects/partitions.rs"
fault 'unsafe stands in src/pg' "echo '$unsafe' >>src/lib.rs"
fault 'every crate but the root has the lints' "sed -i '/^\[lints\]/,+1d' crates/intake/Cargo.toml"
fault 'every crate but the root has the lints' "sed -i 's/^unsafe_code = \"forbid\"//' Cargo.toml"
fault 'a crate calls downwards only' "echo 'dynasty-models.workspace = true' >>crates/numbers/Cargo.toml"
fault 'a crate calls downwards only' "echo 'dynasty-prospects = { path = \"../prospects\" }' >>crates/models/Cargo.toml"
fault 'a crate calls downwards only' "mkdir crates/planted; printf '[dependencies]\ndynasty-prospects.workspace = true\n[lints]\nworkspace = true\n' >crates/planted/Cargo.toml"
fault 'a user never meets a panic' "echo 'fn planted(a: Option<u8>) -> u8 { a.unwrap() }' >>src/prospects/partitions.rs"
fault 'no crate but the root knows Postgres' "echo 'use pgrx::prelude::*;' >>crates/prospects/src/lib.rs"
fault 'text crosses the border' "echo 'fn planted(a: &[u8]) -> String { String::from_utf8_lossy(a).into() }' >>src/prospects/partitions.rs"
fault 'no path of one machine' "echo see /wo''rk/planted >>README.md"
fault 'every test has its expected output' "echo 'SELECT 1;' >tests/house/regress/sql/planted.sql"
fault 'every test has its expected output' "echo 1 >tests/prospects/isolation/expected/planted.out"
fault 'a released script never changes' "echo '-- planted' >>sql/releases/dynasty--1.0.sql"
fault 'a released script never changes' "echo '-- planted' >sql/releases/dynasty--0.9.sql"
fault 'an upgrade script has what the install has' "echo '-- planted' >>sql/versions/1.1.sql"
fault 'one version' "sed -i 's/^default_version = .*/default_version = '\''9.9'\''/' dynasty.control"
fault 'a file has at most 400 lines' "for i in \$(seq 401); do echo '// planted'; done >src/prospects/planted.rs"
fault 'a file has at most 400 lines' "file=\$(awk '\$1 !~ /#/ {print \$2; exit}' tests/run/long.txt); echo '// planted' >>\$file"
fault 'a file has at most 400 lines' "sed -i '\$a 401 src/lib.rs' tests/run/long.txt"
fault 'enough tests' "rm -r tests/prospects/regress"
fault 'src/pg and src/shared name no system' "echo 'const PLANTED: &str = \"milb_game_logs\";' >>src/pg/scan.rs"
fault 'src/pg and src/shared name no system' "echo 'use dynasty_prospects::levels::Level;' >>src/shared/progress.rs"
fault 'src/pg and src/shared name no system' "echo 'use crate::prospects::partitions;' >>src/pg/scan.rs"
fault 'src/pg and src/shared name no system' "echo '//! As milb_game_logs.' >>src/pg/scan.rs"
fault 'src/pg and src/shared name no system' "echo 'use crate::shared::progress;' >>src/pg/scan.rs"
fault 'a datum of a pointer' "echo 'fn planted(a: &[u8]) -> Datum { Datum::from(a.as_ptr()) }' >>src/prospects/partitions.rs"
fault 'nothing of a system is seen from outside' "sed -i 's/^mod features;/pub mod features;/' src/prospects.rs"
fault 'nothing of a system is seen from outside' "sed -i 's/^mod prospects;/pub mod prospects;/' src/lib.rs"
fault 'nothing of a system is seen from outside' "echo 'pub use features::sets;' >>src/prospects.rs"
trading='mkdir -p src/trading sql/trading; echo "//! Planted." >src/trading/schema.rs; echo "//! Planted." >src/trading.rs'
fault 'a system names no other system' "$trading; echo 'use crate::prospects::partitions;' >src/trading/planted.rs"
fault 'a system names no other system' "$trading; echo 'use dynasty_prospects::levels::Level;' >src/trading/planted.rs"
fault 'a system names no other system' "$trading; echo 'SELECT FROM dynasty_trading.events;' >>sql/prospects/views.sql"
fault 'SQL names its own system and the machinery' "$trading; echo 'SELECT FROM dynasty.prospects;' >sql/trading/planted.sql"
fault 'SQL names its own system and the machinery' "echo 'SELECT FROM dynasty.milb_game_logs;' >>sql/machinery/install.sql"
fault 'SQL names its own system and the machinery' "$trading; echo 'SELECT FROM dynasty_trading.events;' >>sql/machinery/install.sql"
fault 'a signature stands once, in sql' "echo '#[pg_extern] fn planted() {}' >>src/prospects/partitions.rs"
fault 'a signature stands once, in sql' "printf '#[pg_extern(immutable, parallel_safe)]\nfn planted() {}\n' >>src/prospects/partitions.rs"
fault 'a signature stands once, in sql' "echo 'extension_sql!(\"SELECT 1\", name = \"planted\");' >>src/prospects/partitions.rs"
fault 'every SQL file is in its schema.rs' "echo '-- planted' >sql/prospects/planted.sql"
fault 'every SQL file is in its schema.rs' "echo '-- planted' >sql/machinery/planted.sql"
fault 'every SQL file is in its schema.rs' "echo 'extension_sql_file!(\"../sql/machinery/planted.sql\", name = \"planted\");' >>src/schema.rs"

while read -r rule; do
    for begun in "${!planted[@]}"; do [[ $rule != "$begun"* ]] || continue 2; done
    say "no fault is planted for: $rule"
done < <(sed -n "s/^rule '\([^']*\)'.*/\1/p" tests/run/fence.sh)
exit $bad
