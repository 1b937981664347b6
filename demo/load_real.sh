#!/usr/bin/env bash
# Loads a directory of real files (gzip CSV, see demo/load_real.sql) into the database that PGHOST, PGDATABASE ... name.
# Usage: demo/load_real.sh [DIR]        (default: $DATA)
set -euo pipefail
dir=${1:-${DATA:-}}
[ -n "$dir" ] && [ -d "$dir" ] || {
    echo "usage: $0 DIR (or DATA=DIR): the directory with prospects.csv.gz, milb_game_logs_2025.csv.gz ..." >&2
    exit 2
}
exec psql -X -q -v data="$(cd "$dir" && pwd)" -f "$(dirname "$0")/load_real.sql"
