FROM alpine:3.20
RUN apk add --no-cache --virtual .deps \
    tar \
    curl \
    bash
RUN dnf install -y \
    tar \
    curl
RUN pip install \
    requests \
    "flask>=2,<3" \
    Django[argon2]==4.2
RUN zypper -n in \
    tar \
    curl
