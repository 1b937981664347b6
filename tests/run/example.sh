#!/usr/bin/env bash
# The example system (examples/system), built into a library of its own and taken through the life of a system: installed, used, granted,
# dumped and restored, taken to another version and back, dropped. Nothing of the machinery knows its name. Usage: example.sh
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
EXAMPLE=$ROOT/examples/system
PROFILE=${DYNASTY_PROFILE:-release}
log=$(mktemp)
at_end 'rm -f "$log"'

# check NAME COMMAND...: passed if it ends well; what it printed otherwise.
check() {
    if "${@:2}" >"$log" 2>&1; then passed "example/$1"; else failed "example/$1"; cat "$log"; fi
}
sql() { psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -c 'SET client_min_messages = warning' -c "$2"; }
# says NAME DATABASE QUERY ANSWER
says() { check "$1" same "$4" "$(sql "$2" "$3" 2>&1)"; }
same() { diff <(printf '%s\n' "$1") <(printf '%s\n' "$2"); }
nothing_missing() { # nothing_missing DATABASE SYSTEMS: by what install() says
    same 'NOTICE:  dynasty: nothing was missing' "$(psql -XAtq -d "$1" -c "CALL dynasty.install($2)" 2>&1)"
}
refused() { # refused SQLSTATE DATABASE STATEMENT
    local text
    ! text=$(psql -XAtq -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate -d "$2" -c "$3" 2>&1) && grep -q "ERROR:  $1" <<<"$text" || { printf '%s\n' "$text"; false; }
}

# The same sources with one feature more, under another name: cargo keeps both libraries in one target directory.
stage() {
    local version
    cargo build --locked --profile "$PROFILE" -p dynasty-with-example || return 1
    cargo build --locked --profile "$PROFILE" -p dynasty-schema || return 1
    rm -rf "$STAGE" && mkdir -p "$STAGE"
    cp "$TARGET/$PROFILE/libdynasty_with_example.so" "$STAGE/dynasty.so"
    cp dynasty.control sql/dynasty--*--*.sql "$STAGE/"
    for version in 1.0 "$VERSION"; do
        "$TARGET/$PROFILE/dynasty-schema" "$STAGE/dynasty.so" dynasty.control "$version" "$STAGE/dynasty--$version.sql"
    done
    # What a system does by hand: its step stands in the scripts between the versions, before the tables are changed.
    sed -i "/^SELECT dynasty._change_tables('1.1'/{
        e cat '$EXAMPLE/sql/versions/1.1.sql'
    }" "$STAGE/dynasty--1.0--1.1.sql"
    printf 'DROP FUNCTION dynasty_example._down_1_1__1_0(), dynasty_example._up_1_0__1_1(text[]);\n' >>"$STAGE/dynasty--1.1--1.0.sql"
}
export PGRX_PG_CONFIG_PATH=$PG_CONFIG
STAGE=$TARGET/example-stage
export DYNASTY_STAGE=$STAGE
stage >"$log" 2>&1 || { cat "$log"; failed 'example/it builds'; finish example; exit 1; }
check 'no warning in its sources' bash -c "! grep -A5 '^warning' '$log'"
check 'nothing of the machinery names it' bash -c '! grep -rn example sql/machinery sql/*.sql src/pg src/shared'

unset DYNASTY_CLUSTER
CLUSTERS=("$(pgrx-config/cluster.sh new)")
at_end 'pgrx-config/cluster.sh destroy "${CLUSTERS[0]}"'
LOG_FROM[${CLUSTERS[0]}]=0
enter "${CLUSTERS[0]}"
# new DATABASE [VERSION]
new() { createdb "$1"; sql "$1" "CREATE EXTENSION dynasty ${2:+VERSION '$2'} CASCADE"; }
fill() { sql "$1" "SELECT dynasty_example.record_game('Doug Harvey', date '1987-04-01' + d, 150, 140 + d) FROM generate_series(0, 4) d;
    INSERT INTO dynasty_example.umpires (name) VALUES ('Bill Klem') ON CONFLICT DO NOTHING" >/dev/null; }
rows="SELECT md5(string_agg(r::text, E'\n' ORDER BY r::text)) FROM (SELECT u::text FROM dynasty_example.umpires u UNION ALL SELECT g::text FROM dynasty_example.umpire_games g) r (r)"

new first
fill first
says 'its tables and views are there' first "SELECT string_agg(relname || ' ' || relkind::text, ', ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'dynasty_example'::regnamespace AND relkind IN ('r', 'v', 'S')" \
    'umpire_games r, umpire_list v, umpires r, umpires_id_seq S'
says 'and belong to the database' first "SELECT count(*) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'dynasty' AND d.deptype = 'e'
    WHERE d.classid IN ('pg_class'::regclass, 'pg_namespace'::regclass)" 0
says 'all of it has a comment' first "SELECT string_agg(x, ', ') FROM (
    SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'dynasty_example'::regnamespace AND relkind IN ('r', 'v', 'S') AND obj_description(oid, 'pg_class') IS NULL
    UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = 'dynasty_example'::regnamespace AND obj_description(oid, 'pg_constraint') IS NULL
    UNION ALL SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'dynasty_example'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
    UNION ALL SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = 'dynasty_example'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL) x (x)" ''
says 'what writes is closed, what computes is open' first "SELECT string_agg(proname, ', ' ORDER BY proname) FROM pg_proc
    WHERE pronamespace = 'dynasty_example'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')" accuracy_bound
check 'install() finds nothing missing' nothing_missing first "'example'"
sql first 'DROP VIEW dynasty_example.umpire_list; DROP TABLE dynasty_example.umpire_games' && sql first "CALL dynasty.install('example')"
says 'install() makes what is missing' first "SELECT count(*) FROM dynasty_example.umpire_games UNION ALL SELECT count(*) FROM dynasty_example.umpire_list" $'0\n2'
fill first
check 'an unknown system is refused' refused 22023 first "CALL dynasty.install('examples')"

# Its own regress files, in the words of pg_regress.
one() {
    local out=$TARGET/results/example
    rm -rf "$out" && mkdir -p "$out"
    createdb regress && sql regress 'CREATE EXTENSION dynasty CASCADE'
    "$(pgxs_tool regress/pg_regress)" --inputdir="$EXAMPLE/tests/regress" --outputdir="$out" --bindir="${CLUSTERS[0]}$("$PG_CONFIG" --bindir)" \
        --use-existing --dbname=regress --host="$PGHOST" --port="$PGPORT" --user="$PGUSER" "$1" || { cat "$out/regression.diffs"; false; }
}
check 'regress accuracy' one accuracy

# Roles: setup_roles() reads its grants and opens its schema.
sql first 'SELECT dynasty.setup_roles()' >/dev/null
says 'roles may what its grants say' first "SELECT has_table_privilege('dynasty_reader', 'dynasty_example.umpires', 'SELECT'), has_table_privilege('dynasty_reader', 'dynasty_example.umpires', 'INSERT'),
    has_function_privilege('dynasty_ingest', 'dynasty_example.record_game(text, date, integer, integer)', 'EXECUTE'), has_schema_privilege('dynasty_ingest', 'dynasty_example', 'USAGE'),
    has_schema_privilege('public', 'dynasty_example', 'USAGE')" 't|f|t|t|f'
sql first "CREATE ROLE scorer LOGIN IN ROLE dynasty_ingest"
says 'and work with it' first "SET ROLE scorer; SELECT dynasty_example.record_game('Bill Klem', '1930-05-01', 120, 119) IS NOT NULL; RESET ROLE" t

# A dump carries it, in both forms.
before=$(sql first "$rows")
pg_dump first >"$log.sql" && createdb plain && psql -Xq -v ON_ERROR_STOP=1 -d plain -f "$log.sql" >"$log" 2>&1 || cat "$log"
pg_dump -Fc first >"$log.dump" && createdb custom && pg_restore --exit-on-error -d custom "$log.dump" || true
at_end 'rm -f "$log.sql" "$log.dump"'
says 'restored from a plain dump' plain "$rows" "$before"
says 'restored from a custom dump' custom "$rows" "$before"
ddl() { pg_dump --schema-only -n dynasty_example "$1" | grep -v '^\\\(un\)\?restrict'; }
check 'the restored schema is the same' diff <(ddl first) <(ddl plain)
check 'install() finds nothing missing there' nothing_missing plain ''

# Versions: its step goes with those of the other systems, and values that go come back.
new older 1.0
fill older
columns="SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'dynasty_example.umpire_games'::regclass AND attnum > 0 AND NOT attisdropped"
says '1.0 has no reviewed_on' older "$columns" umpire_id,game_date,called,correct
sql older "ALTER EXTENSION dynasty UPDATE TO '1.1'; UPDATE dynasty_example.umpire_games SET reviewed_on = game_date + 7 WHERE correct > 141"
says '1.1 has' older "$columns" umpire_id,game_date,called,correct,reviewed_on
before=$(sql older "$rows")
sql older "ALTER EXTENSION dynasty UPDATE TO '1.0'"
says '1.0 again' older "$columns" umpire_id,game_date,called,correct
says 'the values are kept' older "SELECT count(*), min(table_name) FROM dynasty.migration_saves WHERE table_name LIKE '%umpire%'" '3|dynasty_example.umpire_games'
sql older "ALTER EXTENSION dynasty UPDATE TO '1.1'"
says 'and come back' older "$rows" "$before"
says 'nothing is pending' older 'SELECT ok FROM dynasty.migration_status()' t

# DROP takes functions and what needs them, and no row.
check 'DROP EXTENSION is refused' refused 2BP01 older 'DROP EXTENSION dynasty'
sql older 'DROP EXTENSION dynasty CASCADE'
says 'CASCADE takes no row' older "$rows" "$before"
sql older 'CREATE EXTENSION dynasty'
says 'and it comes back over them' older "SELECT count(*) FROM dynasty_example.umpire_list" 2
# A database that wants prospects alone gets the functions, and no table of it.
createdb narrow
sql narrow "SET dynasty.systems = 'prospects'; CREATE EXTENSION dynasty CASCADE"
says 'a system that is not wanted has no table' narrow "SELECT to_regclass('dynasty_example.umpires') IS NULL, to_regclass('dynasty.prospects') IS NOT NULL" 't|t'
sql narrow "ALTER EXTENSION dynasty UPDATE TO '1.0'; ALTER EXTENSION dynasty UPDATE TO '1.1'; CALL dynasty.install('example')"
says 'a step leaves it alone, and install() makes it of this version' narrow "$columns" umpire_id,game_date,called,correct,reviewed_on
finish example
