# syntax stays
ARG VERSION=1.22
FROM golang:${VERSION} AS build
ARG PORT=8080
ARG TZ
ENV TZ=Europe/Berlin PORT=$PORT
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go build -o server .

FROM gcr.io/distroless/static-debian12 AS app
ARG PORT=8080
ENV TZ=Europe/Berlin PORT=$PORT
WORKDIR /app
COPY --from=build /app/server /app/server
COPY --from=build /app/data /app/data
# who made it
LABEL maintainer=me org.opencontainers.image.version="$VERSION"
# The port.
EXPOSE $PORT
VOLUME /data
STOPSIGNAL SIGINT
HEALTHCHECK --interval=5s CMD ["/app/server", "-check"]
# As nobody.
USER nobody
ENTRYPOINT ["./server"]
CMD ["-v"]
