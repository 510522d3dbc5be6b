FROM debian:12
RUN if [ -n "$X" ]; then (apt update && apt install -y "$X"); fi; for p in a b; do apt install -y $p; done
