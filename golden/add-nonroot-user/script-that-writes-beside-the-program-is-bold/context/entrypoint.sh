#!/bin/sh
echo started > "$LOG"
exec "$@"
