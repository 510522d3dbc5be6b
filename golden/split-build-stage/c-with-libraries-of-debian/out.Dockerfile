FROM debian:bookworm-slim AS build
# What it is built with.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev libssl-dev ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make -j4

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 libpq5 libssl3 ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY --from=build /src/bin/app /src/bin/app
EXPOSE 5000
USER www-data
CMD ["/src/bin/app"]
