FROM debian:12
WORKDIR /var
RUN --mount=type=cache,target=lib/apt apt-get update && apt-get install -y a
