FROM debian:12 AS app
ENTRYPOINT python3 app.py
FROM app
CMD ["--port", "80"]
