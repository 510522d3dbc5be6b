FROM debian:12
RUN done() { rm -rf /var/lib/apt/lists/*; } && apt-get update && apt-get install -y a && done
