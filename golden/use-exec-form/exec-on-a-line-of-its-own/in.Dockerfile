FROM debian:12
CMD exec \
    gunicorn \
    app:app
