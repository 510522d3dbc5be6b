FROM debian:12
HEALTHCHECK --retries=3 CMD ['curl', '-f', 'http://localhost/']
