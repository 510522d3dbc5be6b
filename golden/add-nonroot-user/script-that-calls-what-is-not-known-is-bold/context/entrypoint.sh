#!/bin/sh
./bootstrap --all
exec "$@"
