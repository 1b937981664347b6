#!/usr/bin/env bash
# Rules of the house that no compiler checks. Prints what breaks them; exit 1 then. Usage: fence.sh [how a rule begins]
# For each rule here fence_faults.sh plants what breaks it.
set -uo pipefail
cd "$(dirname "$0")/../.."
bad=0 only=${1:-}
# rule TEXT COMMAND...: whatever the command prints breaks the rule.
rule() {
    local text=$1 found
    [[ $text == "$only"* ]] || return 0
    shift
    found=$("$@")
    if [ -n "$found" ]; then
        bad=1
        printf 'broken: %s\n%s\n' "$text" "$found"
    fi
}
code() { grep -rnE --include='*.rs' "$@" | grep -vE '^[^:]*:[0-9]+: *//'; }
outside_native() { code "$1" src | grep -vE '^src/(pg|[a-z_]+/native)(\.rs:|/)'; }
names_a_system() { # crates, schemas, tables of systems; and no way up through crate::
    grep -rnE --include='*.rs' 'dynasty_(prospects|odds|props|trading|saas|ops)|"dynasty[_.]|milb_' src/pg src/pg.rs src/shared src/shared.rs 2>/dev/null
    code '\bcrate::' src/pg | grep -vE '\bcrate::(pg\b|\{)'
    code '\bcrate::' src/shared 2>/dev/null | grep -vE '\bcrate::(pg|shared)\b'
}
no_lints() { local f; for f in crates/*/Cargo.toml; do grep -A1 '^\[lints\]' "$f" | grep -qx 'workspace = true' || echo "$f"; done; grep -q '^unsafe_code = "forbid"' Cargo.toml || echo Cargo.toml; }
crate_calls() { # numbers knows nobody, intake numbers, models both, a system these three: never another system
    local file name allowed
    for file in crates/*/Cargo.toml; do
        name=$(basename "$(dirname "$file")")
        case $name in
        numbers | schema) allowed= ;;
        intake) allowed=numbers ;;
        models) allowed='numbers|intake' ;;
        *) allowed='numbers|intake|models' ;;
        esac
        grep -nE '^dynasty-' "$file" /dev/null | grep -vE ":dynasty-(${allowed:-none})[. ]"
    done
}
systems() { local f; for f in src/*/schema.rs; do f=${f#src/}; echo "${f%/schema.rs}"; done; }
faces() { local s; for s in $(systems); do grep -nE '^ *pub(\([^)]*\))? +(mod|use)\b' "src/$s.rs" /dev/null; done; grep -nE '^ *pub(\([^)]*\))? +(mod|use)\b' src/lib.rs /dev/null; }
neighbours() {
    local system other
    for system in $(systems); do
        for other in $(systems); do
            [ "$system" = "$other" ] || {
                code "crate::$other\b|\bdynasty_$other\b" "src/$system" "src/$system.rs"
                # What every system may call: the trigger functions of ops and the keys of caches, whose shipped rows name tables of all.
                grep -rnE "\bdynasty_$other\b" "sql/$system" | grep -vE 'dynasty_ops\.(set_updated_at|forbid_change|cache_notify|cache_keys)\b|^sql/ops/tables/rules\.sql:'
            }
        done
    done
}
sql_names() { # prospects lives in the schema of the machinery; the names that the machinery has are those it creates
    local system machinery
    machinery=$(grep -rhoE '(FUNCTION|PROCEDURE|TABLE) dynasty\.\w+' sql/machinery | sed 's/.*\.//' | sort -u | paste -sd'|')
    for system in $(systems | grep -vx prospects); do grep -rnoE '\bdynasty\.\w+' "sql/$system" | grep -vE ":dynasty\.($machinery)$"; done
    grep -rnE "\bdynasty_($(systems | paste -sd'|'))\b|milb_|dynasty\.prospects\b" sql/machinery
}
signatures() {
    code 'extension_sql!\(' src
    # An attribute may go over several lines.
    find src -name '*.rs' -exec awk 'FNR == 1 {open = 0} /^ *\/\// {next}
        /#\[pg_extern/ {open = 1; at = FNR; text = ""}
        open {text = text $0; if (/\]/) {open = 0; if (text !~ /sql *= *false/) print FILENAME ":" at ": " text}}' {} +
}
chained() { # a system's files in its schema.rs, what all share in src/schema.rs
    local system list
    for system in machinery $(systems); do
        list=src/$system/schema.rs
        [ "$system" != machinery ] || list=src/schema.rs
        diff <(grep -oE '"[./]*sql/[^"]*"' "$list" | sed 's/"//g; s|^[./]*||' | grep "^sql/$system/" | sort) <(find "sql/$system" -name '*.sql' | sort)
    done
    # chain! has each require the one before; what stands alone says what it requires, or that it is the first or the last.
    awk '/extension_sql_file!/ {if (open) print FILENAME ": " open; open = FNR ": " $0} /requires *=|bootstrap|finalize/ {open = ""} END {if (open) print FILENAME ": " open}' src/lib.rs src/schema.rs src/*/schema.rs
}
pairs() { # every regress file and spec has its expected output, and the reverse
    local folder dir ext
    for folder in tests/*/regress tests/*/isolation; do
        case $folder in */regress) dir=sql ext=sql ;; */isolation) dir=specs ext=spec ;; esac
        diff <(cd "$folder/$dir" && ls *."$ext" 2>/dev/null | sed "s/\.$ext$//") \
            <(cd "$folder/expected" && ls *.out 2>/dev/null | sed -E 's/(_[0-9])?\.out$//' | sort -u) | grep '^[<>]' | sed "s|^|$folder |"
    done
}
files() { # also from an unpacked archive, without git
    { git ls-files -co --exclude-standard 2>/dev/null ||
        find . -type f -not -path './.git/*' -not -path './target/*' -not -path './build/*' -printf '%P\n'; } |
        grep -vxE 'tests/run/fence.sh|Cargo.lock'
}
machine_paths() { files | xargs -r grep -nIE '(^|[^a-zA-Z0-9_.$}-])/(work|home|root)/|/tmp/(wt|target|pg)-'; }
long() { # in long.txt: LINES FILE. Standing there shorter or not at all is a fault as well: the list is to be true
    awk 'NR == FNR {if ($1 !~ /^#/) listed[$2] = $1; next}
        $2 == "total" {next}
        $2 in listed {if ($1 > listed[$2]) print $2 ": " $1 " lines, " listed[$2] " in long.txt"; if ($1 <= 400) print $2 " is no longer long: out of long.txt"; delete listed[$2]; next}
        $1 > 400 {print $2 ": " $1 " lines"}
        END {for (file in listed) print file " of long.txt is not there"}' \
        tests/run/long.txt <(files | grep -E '\.(rs|sql|sh|pl|pm|py)$' | grep -vE '/expected/|fixtures/|--[0-9]|^sql/releases/|tests\.rs$' | xargs -r wc -l)
}

released() { # every script of a release as it was frozen (pgrx-config/freeze.sh), and none without its checksum
    (cd sql/releases && sha256sum --check --quiet --strict SHA256SUMS 2>&1
    diff <(ls dynasty--*.sql) <(awk '{print $2}' SHA256SUMS | sort))
}
too_few() { local n; n=$(tests/run/counts.sh) || printf '%s\n' "$n"; }
versions_agree() { # Cargo's version is the control file's with a third number
    local control cargo
    control=$(sed -n "s/^default_version = '\(.*\)'/\1/p" dynasty.control)
    cargo=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
    [[ $cargo == "$control".* ]] || echo "dynasty.control: $control, Cargo.toml: $cargo"
    grep -q "\"version\": \"$cargo\"" META.json || echo "META.json is not of version $cargo"
}

upgrades_agree() { # what an install has too stands in both, because cargo-pgrx takes the scripts as they lie
    local script part
    for script in sql/dynasty--*--*.sql; do
        grep -nE '^-- include: |^\\i' "$script" /dev/null
        for part in $(sed -n 's/^-- begin: \([^ ]*\).*/\1/p' "$script"); do
            diff <(sed -n "\\|^-- begin: $part|,\\|^-- end: $part|{//!p}" "$script") "$part"
        done
    done
}

rule 'unsafe stands in src/pg and src/*/native only' outside_native '\bunsafe(_code)?\b'
rule 'a datum of a pointer is made in src/pg and src/*/native only: the others hand on what is made there' \
    outside_native 'Datum::from\([^)]*(\bas_(mut_)?ptr\b|&raw|\*(const|mut) )'
rule 'src/pg and src/shared name no system, comments too, and src/pg nothing but itself' names_a_system
rule 'nothing of a system is seen from outside: mod in its face and in lib.rs, no pub mod or pub use' faces
rule 'a system names no other system' neighbours
rule 'SQL names its own system and the machinery, the machinery no system' sql_names
rule 'a signature stands once, in sql: pg_extern says sql = false, no extension_sql!' signatures
rule 'every SQL file is in its schema.rs, each requiring the one before' chained
rule 'every crate but the root has the lints of the workspace, which forbid unsafe' no_lints
rule 'a crate calls downwards only' crate_calls
rule 'a user never meets a panic: no unwrap, expect, todo in src' \
    code '\.(unwrap|expect)\(|\b(todo|unimplemented)!\(' src --exclude='*tests.rs'
rule 'no crate but the root knows Postgres' code '\bpgrx\b' crates --exclude-dir=schema
rule 'text crosses the border in src/pg/text.rs: no type of pgrx that takes the bytes of the server for UTF-8' \
    code 'from_utf8_lossy|to_string_lossy|\bJsonB\b|String::from_datum|name!\([a-z_]+, (Option<|Vec<)*(String|&str)|::get::<(String|&str)>' \
    src --exclude='*tests.rs' --exclude=text.rs --exclude=border.rs
rule 'no path of one machine' machine_paths
rule 'every test has its expected output, and the reverse' pairs
rule 'a released script never changes' released
rule 'an upgrade script has what the install has' upgrades_agree
rule 'one version' versions_agree
rule 'a file has at most 400 lines, but those of tests/run/long.txt, which only get shorter' long
rule 'enough tests' too_few
exit $bad
