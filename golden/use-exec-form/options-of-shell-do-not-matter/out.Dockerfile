FROM debian:12
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
CMD ["nginx", "-t"]
