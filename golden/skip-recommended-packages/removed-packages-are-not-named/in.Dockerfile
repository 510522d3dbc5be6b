FROM debian:12
RUN apt-get install -y curl && curl -O https://example.com/x && apt-get purge -y --auto-remove curl
