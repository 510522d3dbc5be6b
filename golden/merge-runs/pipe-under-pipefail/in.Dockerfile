FROM debian:12
SHELL ["/bin/bash", "-c"]
RUN set -eo pipefail; mkdir /a; ls / | tee /a/list
RUN ls /b | tee /a/other
