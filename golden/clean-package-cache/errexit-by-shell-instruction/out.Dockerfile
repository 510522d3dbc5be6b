FROM debian:12
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
RUN apt-get update; apt-get install -y a; rm -rf /var/lib/apt/lists/*; make
