FROM debian:12
CMD ["gunicorn", \
    "app:app"]
