#!/usr/bin/env bash
# Concurrent sessions step by step, by Postgres' own pg_isolation_regress. Usage: isolation.sh [NAME...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_clusters $(($# ? $# : 99))
run_regress "$(pgxs_tool isolation/pg_isolation_regress)" "$ROOT/tests/isolation" specs spec "$@"
finish isolation
