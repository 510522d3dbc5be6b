FROM debian:12 AS tools
SHELL ["/bin/bash", "-lc"]

FROM debian:12
HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]

FROM debian:12 AS other
SHELL ["/bin/bash", "-lc"]
