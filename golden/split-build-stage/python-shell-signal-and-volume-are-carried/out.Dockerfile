FROM python:3.11-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update && apt-get install -y gcc libc6-dev
# Where it lives.
WORKDIR /app
COPY . .
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
RUN pip install -r requirements.txt

FROM python:3.11-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
STOPSIGNAL SIGINT
VOLUME ["/data"]
# How it starts.
CMD python app.py
