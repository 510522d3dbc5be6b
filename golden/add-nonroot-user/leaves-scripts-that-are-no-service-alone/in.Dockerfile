FROM alpine:3.20
COPY build.sh /
ENTRYPOINT ["/build.sh"]
