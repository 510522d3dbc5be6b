FROM debian:12
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
CMD ["/bin/bash", "-o", "pipefail", "-c", "exec prog *.conf >/var/log/prog.log 2>&1"]
