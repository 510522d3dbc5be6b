#!/bin/sh
set -e
until nc -z db 5432; do sleep 1; done
mkdir -p static "/tmp/cache"
python manage.py migrate --noinput
exec "$@"
