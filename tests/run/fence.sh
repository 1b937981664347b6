#!/usr/bin/env bash
# Rules of the house that no compiler checks. Prints what breaks them; exit 1 then.
set -uo pipefail
cd "$(dirname "$0")/../.."
bad=0
# rule TEXT COMMAND...: whatever the command prints breaks the rule.
rule() {
    local text=$1 found
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
long() { files | grep -E '\.(rs|sql|sh|pl|py)$' | grep -vE '/expected/|fixtures/|--[0-9]' | xargs -r wc -l | awk '$2 != "total" && $1 > 600 {print $2": "$1" lines"}'; }

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

faces() { # of the shell and of each system: a neighbour cannot name what is inside
    local file
    for file in src/lib.rs $(find crates -mindepth 1 -maxdepth 1 -printf 'src/%f.rs\n'); do
        if [ -f "$file" ]; then grep -nE '^ *pub(\([^)]*\))? +(mod|use)\b' "$file" /dev/null; fi
    done
}

rule 'unsafe stands in src/pg and src/*/native only' outside_native '\bunsafe(_code)?\b'
rule 'a datum of a pointer is made in src/pg and src/*/native only: the others hand on what is made there' \
    outside_native 'Datum::from\([^)]*(\bas_(mut_)?ptr\b|&raw|\*(const|mut) )'
rule 'src/pg and src/shared name no system, comments too, and src/pg nothing but itself' names_a_system
rule 'every crate but the root has the lints of the workspace, which forbid unsafe' no_lints
rule 'a crate calls downwards only' crate_calls
rule 'a face has no pub mod and no pub use' faces
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
rule 'a file is about one thing' long
rule 'enough tests' too_few
exit $bad
