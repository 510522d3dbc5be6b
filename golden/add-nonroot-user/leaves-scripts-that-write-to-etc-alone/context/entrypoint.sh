#!/bin/sh
envsubst < conf.tpl > /etc/app.conf
exec "$@"
