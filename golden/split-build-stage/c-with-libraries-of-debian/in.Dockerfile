FROM debian:bookworm-slim
# What it is built with.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev libssl-dev ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make -j4
EXPOSE 5000
USER www-data
CMD ["/src/bin/app"]
