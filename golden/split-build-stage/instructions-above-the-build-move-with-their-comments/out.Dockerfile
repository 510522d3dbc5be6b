FROM golang:1.22 AS build
ENV CGO_ENABLED=0 GOFLAGS=-mod=readonly
ENV TZ=Europe/Berlin \
    GOMEMLIMIT=256MiB
WORKDIR /app
COPY *.go go.mod ./
RUN mkdir -p /data && go build -o server .

FROM gcr.io/distroless/static-debian12
ENV TZ=Europe/Berlin \
    GOMEMLIMIT=256MiB
WORKDIR /app
COPY --from=build /app/server /app/server
COPY --from=build /data /data
LABEL org.opencontainers.image.title="server"
# What the load balancer talks to.
EXPOSE 8080
# Stops at once.
STOPSIGNAL SIGINT
VOLUME /data
CMD ["/app/server"]
HEALTHCHECK CMD ["/app/server", "-health"]
