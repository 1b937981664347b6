#!/usr/bin/env bash
# How many tests there are, by what runs them, and the least there have to be. Exit 1 when there are fewer.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
count() { # count TEXT LEAST NUMBER
    printf '%-36s %5d  (at least %d)\n' "$1" "$3" "$2"
    [ "$3" -ge "$2" ] || status=1
}
files() { find "$1" -maxdepth 1 -name "*.$2" | wc -l; }
core() { # core all|property: tests in the sources of the core; property tests are those inside proptest! { }
    find crates -name '*.rs' -print0 | xargs -0 awk -v wanted="$1" '
        FNR == 1 {inside = 0}
        /proptest! *\{/ {inside = 1; match($0, /^ */); indent = RLENGTH; next}
        /^ *#\[test\]/ && (wanted == "all" || inside) {n++}
        inside && /^ *\}/ {match($0, /^ */); if (RLENGTH == indent) inside = 0}
        END {print n + 0}'
}
count 'regress files' 120 "$(files tests/pg_regress/sql sql)"
count 'isolation specs' 25 "$(files tests/isolation/specs spec)"
count '  permutations in them' 100 "$(cat tests/isolation/specs/*.spec | grep -c '^permutation')"
count 'TAP files' 20 "$(files tests/tap pl)"
count 'core tests' 200 "$(core all)"
count '  of which property tests' 20 "$(core property)"
count 'fuzz targets' 15 "$(grep -h -c '^#\[test\]' crates/prospects/tests/fuzz/*.rs | awk '{n += $1} END {print n}')"
count 'clients' 5 "$(find tests/clients -mindepth 2 -maxdepth 2 -name run | wc -l)"
exit $status
