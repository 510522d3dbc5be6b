FROM debian:12
RUN f() { apt-get update && apt-get install -y a; }; f
