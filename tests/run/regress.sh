#!/usr/bin/env bash
# SQL behaviour, one file each, by Postgres' own pg_regress. Usage: regress.sh [SYSTEM/NAME | SYSTEM | NAME ...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
choose regress "$@"
use_clusters "${TESTS[@]}"
run_regress regress "${TESTS[@]}"
finish regress
