FROM debian:12 AS base
HEALTHCHECK CMD curl -f http://localhost/

FROM base
SHELL ["/bin/bash", "-lc"]
