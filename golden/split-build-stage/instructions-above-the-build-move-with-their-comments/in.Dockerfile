FROM golang:1.22
LABEL org.opencontainers.image.title="server"
ENV CGO_ENABLED=0 GOFLAGS=-mod=readonly
ENV TZ=Europe/Berlin \
    GOMEMLIMIT=256MiB
# What the load balancer talks to.
EXPOSE 8080
# Stops at once.
STOPSIGNAL SIGINT
VOLUME /data
CMD ["/app/server"]
HEALTHCHECK CMD ["/app/server", "-health"]
WORKDIR /app
COPY *.go go.mod ./
RUN mkdir -p /data && go build -o server .
