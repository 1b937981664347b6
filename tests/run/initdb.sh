#!/bin/sh
# What TAP files call as initdb (tap.sh): a data directory with the options that every test has, initdb -D DIR -A trust -N, is made once
# and copied; with other options by initdb. PostgreSQL 16 does the same in its own tests. PREPARED: where the copy lies.
if [ $# = 5 ] && [ "$1 $3 $4 $5" = '-D -A trust -N' ] && [ -f "$PREPARED/PG_VERSION" ]; then
    mkdir -p -m 700 "$2" && exec cp -RPp "$PREPARED/." "$2"
fi
exec "$INITDB" "$@"
