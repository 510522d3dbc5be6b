FROM debian:12
HEALTHCHECK CMD curl -f "http://localhost:$PORT/"
