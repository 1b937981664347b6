#!/usr/bin/env bash
# SQL behaviour, one file each, by Postgres' own pg_regress. Usage: regress.sh [NAME...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_clusters $(($# ? $# : 99))
run_regress "$(pgxs_tool regress/pg_regress)" "$ROOT/tests/pg_regress" sql sql "$@"
finish regress
