FROM debian:12
HEALTHCHECK CMD curl -f http://localhost/
SHELL ["/bin/bash", "-lc"]
