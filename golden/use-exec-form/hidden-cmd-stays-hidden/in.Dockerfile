FROM debian:12
CMD ["--port", "80"]
ENTRYPOINT python3 app.py
