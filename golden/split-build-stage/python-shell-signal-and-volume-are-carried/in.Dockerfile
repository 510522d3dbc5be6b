FROM python:3.11-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update && apt-get install -y gcc libc6-dev
# Where it lives.
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
STOPSIGNAL SIGINT
VOLUME ["/data"]
# How it starts.
CMD python app.py
