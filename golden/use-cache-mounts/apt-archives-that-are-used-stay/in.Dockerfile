FROM debian:12
RUN apt-get update && apt-get install -y curl && dpkg -i /var/cache/apt/archives/*.deb

FROM debian:12 AS download
RUN apt-get update && apt-get install -y --download-only curl

FROM debian:12 AS copied
RUN apt-get update && apt-get install -y curl

FROM debian:12
COPY --from=copied /var/cache/apt/archives /packages
