#!/usr/bin/env bash
# How many tests there are, by what runs them, and the least there have to be. Exit 1 when there are fewer.
set -eu
cd "$(dirname "$0")/../.."
status=0
count() { # count TEXT LEAST NUMBER
    printf '%-36s %5d  (at least %d)\n' "$1" "$3" "$2"
    [ "$3" -ge "$2" ] || status=1
}
files() { find "$1" -maxdepth 1 -name "*.$2" 2>/dev/null | wc -l; }
core() { # core all|property: tests in the sources of the core; property tests are those inside proptest! { }
    find crates -name '*.rs' -print0 | xargs -0 awk -v wanted="$1" '
        FNR == 1 {inside = 0}
        /proptest! *\{/ {inside = 1; match($0, /^ */); indent = RLENGTH; next}
        /^ *#\[test\]/ && (wanted == "all" || inside) {n++}
        inside && /^ *\}/ {match($0, /^ */); if (RLENGTH == indent) inside = 0}
        END {print n + 0}'
}
# By system; one that is not named here has at least something of each that it has a folder for.
for folder in $(printf '%s\n' tests/{house,prospects}/{regress,isolation} tests/house/tap tests/*/regress tests/*/isolation tests/*/tap | grep -v '[*]' | sort -u); do
    case $folder in
    tests/house/regress) least=20 ;;
    tests/house/isolation) least=4 ;;
    tests/house/tap) least=30 ;;
    tests/prospects/regress) least=180 ;;
    tests/prospects/isolation) least=35 ;;
    *) least=1 ;;
    esac
    system=$(cut -d/ -f2 <<<"$folder")
    case $folder in
    */regress) count "regress files of $system" $least "$(files "$folder/sql" sql)" ;;
    */isolation)
        count "isolation specs of $system" $least "$(files "$folder/specs" spec)"
        count '  permutations in them' $((least * 4)) "$(cat "$folder"/specs/*.spec 2>/dev/null | grep -c '^permutation')"
        ;;
    */tap) count "TAP files of $system" $least "$(files "$folder" pl)" ;;
    esac
done
count 'core tests' 200 "$(core all)"
count '  of which property tests' 20 "$(core property)"
count 'fuzz targets' 15 "$(grep -h -c '^#\[test\]' crates/prospects/tests/fuzz/*.rs | awk '{n += $1} END {print n}')"
count 'clients' 5 "$(find tests/clients -mindepth 2 -maxdepth 2 -name run | wc -l)"
exit $status
