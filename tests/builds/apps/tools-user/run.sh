#!/bin/sh
set -e
chown backup2 /backup
echo "backups go to /backup"
exec gosu backup2 "$@"
