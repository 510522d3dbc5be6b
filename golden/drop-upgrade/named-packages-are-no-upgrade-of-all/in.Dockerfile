FROM debian:12
RUN apt-get install -y --only-upgrade curl && yum update -y curl && apk upgrade curl && pip install --upgrade pip
