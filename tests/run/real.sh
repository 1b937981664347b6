#!/usr/bin/env bash
# The real files of DYNASTY_DATA (default ../shared/data): they load, and what comes out is right and believable. Without them
# this is SKIPPED, and says so.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
data=$(realpath -m "${DYNASTY_DATA:-$ROOT/../shared/data}")
if [ ! -r "$data/milb_game_logs_2025.csv.gz" ]; then
    passed "real files SKIPPED: none in DYNASTY_DATA (default ../shared/data)"
    finish real
    exit
fi
use_cluster
dropdb --if-exists t_real 2>/dev/null
createdb -T dynasty_template t_real
export PGDATABASE=t_real
log=$TARGET/results/real.log
mkdir -p "$(dirname "$log")"
if "$ROOT/demo/load_real.sh" "$data" >"$log" 2>&1; then passed "the files load"; else failed "the files load"; cat "$log"; fi
psql -Xq -c "VACUUM ANALYZE"
export DYNASTY_DATA=$data
for file in prospects/seasons prospects/features prospects/quality odds/odds; do
    # Each file adds to the verdicts: what, whether it holds, in figures.
    if ! psql -Xq -v ON_ERROR_STOP=1 -o "$log.${file##*/}" -c "CREATE TEMP TABLE verdicts (what text, holds boolean, figures text)" -f "$ROOT/tests/${file/\//\/real\/}.sql" \
        -c "\copy verdicts TO '$log.verdicts'"; then
        failed "$file.sql"
        continue
    fi
    while IFS=$'\t' read -r what holds figures; do
        if [ "$holds" = t ]; then passed "$what: $figures"; else failed "$what: $figures"; fi
    done <"$log.verdicts"
    cat "$log.${file##*/}"
done
dropdb t_real
finish real
