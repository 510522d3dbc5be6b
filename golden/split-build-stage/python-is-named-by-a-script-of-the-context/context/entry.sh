#!/bin/bash
exec /usr/local/bin/python app.py
