FROM debian:12
SHELL ["/bin/bash", "-c"]
CMD exec -a name prog
