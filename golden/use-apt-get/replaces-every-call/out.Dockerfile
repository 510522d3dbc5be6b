FROM debian:12
RUN apt-get update && apt-get install -y curl \
    && apt-get purge -y --auto-remove gcc && apt-get clean
