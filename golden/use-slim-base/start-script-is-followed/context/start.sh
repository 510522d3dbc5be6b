#!/bin/sh
set -e
mkdir -p /tmp/data
exec "$@"
