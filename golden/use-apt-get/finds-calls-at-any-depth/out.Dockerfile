FROM debian:12
RUN if [ -n "$X" ]; then (apt-get update && apt-get install -y "$X"); fi; for p in a b; do apt-get install -y $p; done
