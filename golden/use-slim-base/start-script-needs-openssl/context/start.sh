#!/bin/bash
openssl rand -hex 8 > /tmp/key
exec node app.js
