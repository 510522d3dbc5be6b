FROM debian:12
CMD [python3, app.py]
