FROM debian:12
CMD gunicorn --bind 0.0.0.0:$PORT app:app
