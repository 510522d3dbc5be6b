FROM debian:12
SHELL ["/bin/bash", "--login", "-c"]
CMD python3 app.py
