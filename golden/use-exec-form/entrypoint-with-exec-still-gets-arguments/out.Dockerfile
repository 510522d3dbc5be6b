FROM debian:12
ENTRYPOINT ["python3", "app.py"]
