#!/bin/sh
service cron start
exec "$@"
