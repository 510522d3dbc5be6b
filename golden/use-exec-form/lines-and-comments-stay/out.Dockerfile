FROM debian:12
CMD ["gunicorn", \
    # where
    "--bind", "0.0.0.0:80", \
    # what
    "app:app"]
