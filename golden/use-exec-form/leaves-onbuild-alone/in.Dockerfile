FROM debian:12
ONBUILD CMD python3 app.py
