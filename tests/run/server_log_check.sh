#!/usr/bin/env bash
# server_log.pl itself: what it has to find in a log, and what it has to let pass.
set -euo pipefail
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
at='2026-01-02 03:04:05.678 UTC [12]'
cat >"$scratch/bad" <<LOG
$at t_one 01000 WARNING:  relcache reference leak: relation "milb_season_stats" not closed
$at  57P02 LOG:  server process (PID 9) was terminated by signal 11: Segmentation fault
$at t_one XX000 ERROR:  already borrowed: BorrowMutError
$at t_one XX000 FATAL:  something
$at  00000 PANIC:  could not
memory allocation of 17 bytes failed
thread 'main' panicked at src/x.rs
$at t two 01000 WARNING:  in a database with a space
LOG
cat >"$scratch/good" <<LOG
$at t_one 23505 ERROR:  duplicate key value violates unique constraint "x"
	a line that goes on with WARNING:  and panicked at
$at t_one 23505 STATEMENT:  SELECT 'WARNING:  reference leak, XX000, terminated by signal'
$at  00000 LOG:  database system is ready to accept connections
$at t_one 01000 WARNING:  one that is expected
$at t_one 01000 DETAIL:  of it
LOG
printf 't_one\tWARNING:  one that\tthis check\n' >"$scratch/expected"
found=$(./server_log.pl "$scratch/expected" '' "$scratch/bad" | grep -c "^$scratch/bad:" || true)
[ "$found" = 8 ] || { echo "found $found of 8"; exit 1; }
./server_log.pl "$scratch/expected" '' "$scratch/good" || { echo 'more than there is'; exit 1; }
# In another database, and without the list, it is not expected; nor is a line of the list without a reason.
if ./server_log.pl "$scratch/none" '' "$scratch/good" >/dev/null; then echo 'expected without a list'; exit 1; fi
sed -i 's/t_one/t_two/' "$scratch/expected"
if ./server_log.pl "$scratch/expected" '' "$scratch/good" >/dev/null; then echo 'expected in another database'; exit 1; fi
./server_log.pl "$scratch/expected" t_two "$scratch/good" || { echo 'the scope is not taken'; exit 1; }
printf 't_one\tWARNING:  one that\t\n' >"$scratch/expected"
if ./server_log.pl "$scratch/expected" '' "$scratch/good" >/dev/null 2>&1; then echo 'a line without a reason'; exit 1; fi
# From where it is told to begin.
./server_log.pl "$scratch/none" '' "$scratch/bad@$(wc -c <"$scratch/bad")" || { echo 'begins too early'; exit 1; }
