#!/bin/sh
set -e
if [ "$1" = report ]; then
  echo '{"files": [1, 2, 3]}' | jq '.files | length'
  sqlite3 :memory: 'select 6 * 7'
  exit
fi
exec "$@"
