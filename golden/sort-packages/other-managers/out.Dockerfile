FROM alpine:3.20
RUN apk add --no-cache --virtual .deps \
    bash \
    curl \
    tar
RUN dnf install -y \
    curl \
    tar
RUN pip install \
    requests \
    "flask>=2,<3" \
    Django[argon2]==4.2
RUN zypper -n in \
    curl \
    tar
