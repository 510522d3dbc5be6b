FROM debian:12 AS app
ENTRYPOINT ["python3"]
FROM app
CMD app.py
