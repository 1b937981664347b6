#!/usr/bin/env bash
# Models against the libraries that make them: trains small ones in virtual environments (PyPI, pinned), then compares. The
# environments and fixtures stay under target/; remove target/models to make them again. --fixtures: make them, and no more.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
dir=$TARGET/models

# venv NAME REQUIREMENTS: made again when what it holds has changed.
venv() {
    if ! cmp -s "$2" "$dir/$1/made-from"; then
        rm -rf "${dir:?}/$1"
        python3 -m venv "$dir/$1"
        "$dir/$1/bin/pip" install -q --disable-pip-version-check -r "$2"
        cp "$2" "$dir/$1/made-from"
    fi
}
mkdir -p "$dir"
# all.sh makes the fixtures early: whoever comes meanwhile waits.
exec 9>"$dir/lock"
flock 9
# The script below makes no fixtures.
sum=$(cat $(ls tests/prospects/models/*.py tests/prospects/models/*.txt | grep -v sql_parity) | sha256sum)
if [ "$(cat "$dir/made-from" 2>/dev/null)" != "$sum" ]; then
    venv venv tests/prospects/models/requirements.txt
    venv venv-xgboost2 tests/prospects/models/requirements-xgboost2.txt
    rm -rf "$dir/fixtures" && mkdir "$dir/fixtures"
    say "training the models to compare with, about five minutes"
    export PYTHONDONTWRITEBYTECODE=1
    "$dir/venv/bin/python" tests/prospects/models/make_fixtures.py "$dir/fixtures" xgboost lightgbm sklearn
    "$dir/venv-xgboost2/bin/python" tests/prospects/models/make_fixtures.py "$dir/fixtures" xgboost
    printf '%s\n' "$sum" >"$dir/made-from"
fi
flock -u 9
[ "${1:-}" != --fixtures ] || exit 0
lap 'fixtures: made, or waited for'
log=$(mktemp)
status=0
DYNASTY_MODEL_FIXTURES=$dir/fixtures cargo test --locked --release -p dynasty-models --test parity -- --nocapture \
    >"$log" 2>&1 || status=1
grep -E '^(ok|FAILED) |panicked|error' -A3 "$log" | grep -v '^--' || true
PASSED=$(grep -c '^ok ' "$log" || true)
FAILED=$(grep -c '^FAILED ' "$log" || true)
if [ "$status" != 0 ] && [ "$FAILED" = 0 ]; then FAILED=1; cat "$log"; fi

lap 'parity of the crate'

# The same through SQL, in a database of its own.
use_cluster
dropdb --if-exists t_models 2>/dev/null
createdb -T dynasty_template t_models
status=0
PGDATABASE=t_models PYTHONDONTWRITEBYTECODE=1 "$dir/venv/bin/python" tests/prospects/models/sql_parity.py >"$log" 2>&1 || status=1
cat "$log"
PASSED=$((PASSED + $(grep -c '^ok ' "$log" || true)))
bad=$(grep -c '^FAILED ' "$log" || true)
FAILED=$((FAILED + bad))
if [ "$status" != 0 ] && [ "$bad" = 0 ]; then FAILED=$((FAILED + 1)); fi
dropdb t_models
lap 'parity through SQL'

# The examples of docs/prospects/models.md, as a reader would run them.
docs=$ROOT/tests/prospects/models/docs
if ! cmp -s "$docs/requirements.txt" "$dir/venv/docs-made-from"; then
    "$dir/venv/bin/pip" install -q --disable-pip-version-check -r "$docs/requirements.txt"
    cp "$docs/requirements.txt" "$dir/venv/docs-made-from"
fi
dropdb --if-exists t_models_docs 2>/dev/null
createdb -T dynasty_template t_models_docs
scratch=$(mktemp -d)
status=0
(cd "$scratch" && PGDATABASE=t_models_docs PYTHONDONTWRITEBYTECODE=1 "$dir/venv/bin/python" "$docs/run.py" "$ROOT/docs/prospects/models.md") >"$log" 2>&1 || status=1
grep -vE '^\[\(' "$log" || true
PASSED=$((PASSED + $(grep -c '^ok ' "$log" || true)))
if [ "$status" != 0 ]; then FAILED=$((FAILED + 1)); fi
dropdb t_models_docs
rm -rf "$scratch"
rm -f "$log"
lap 'examples of docs/prospects/models.md'
finish models
