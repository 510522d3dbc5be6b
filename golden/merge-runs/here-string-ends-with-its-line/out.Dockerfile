FROM debian:12
SHELL ["/bin/bash", "-c"]
RUN cat <<< "a # b" > /x \
    && time mkdir /b
