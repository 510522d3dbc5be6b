FROM debian:12
ENTRYPOINT ["python3"]
CMD app.py
