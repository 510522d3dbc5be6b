FROM debian:12
CMD exec gunicorn \
    # where
    --bind 0.0.0.0:$PORT \
    app:app
