# syntax stays
ARG VERSION=1.22
FROM golang:${VERSION} AS app
# who made it
LABEL maintainer=me org.opencontainers.image.version="$VERSION"
ARG PORT=8080
ARG TZ
ENV TZ=Europe/Berlin PORT=$PORT
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go build -o server .
# The port.
EXPOSE $PORT
VOLUME /data
STOPSIGNAL SIGINT
HEALTHCHECK --interval=5s CMD ["/app/server", "-check"]
# As nobody.
USER nobody
ENTRYPOINT ["./server"]
CMD ["-v"]
