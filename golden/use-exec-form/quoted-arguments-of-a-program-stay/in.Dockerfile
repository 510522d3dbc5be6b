FROM debian:12
ENTRYPOINT ["bash", "-c"]
CMD "python3 app.py"
