FROM debian:12
SHELL ["/bin/bash", "-c"]
RUN cat <<< "a # b" > /x
RUN time mkdir /b
