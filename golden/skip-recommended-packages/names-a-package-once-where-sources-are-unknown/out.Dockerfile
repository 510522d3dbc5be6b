FROM debian:12
RUN echo "deb https://deb.example.com stable main" > /etc/apt/sources.list.d/example.list \
    && apt-get update \
    && apt-get install -y --no-install-recommends curl ca-certificates \
    && apt-get install -y --no-install-recommends python3 libcurl4 \
    && rm -rf /var/lib/apt/lists/*
