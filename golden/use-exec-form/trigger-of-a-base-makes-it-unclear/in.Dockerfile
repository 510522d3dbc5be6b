FROM debian:12 AS app
ONBUILD ENTRYPOINT ["python3"]
FROM app
CMD app.py
