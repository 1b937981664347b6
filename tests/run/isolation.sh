#!/usr/bin/env bash
# Concurrent sessions step by step, by Postgres' own pg_isolation_regress. Usage: isolation.sh [SYSTEM/NAME | SYSTEM | NAME ...]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
choose isolation "$@"
use_clusters "${TESTS[@]}"
run_regress isolation "${TESTS[@]}"
finish isolation
