FROM golang:1.22
ARG VERSION=1
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -ldflags="-X main.version=$VERSION" -o server .
LABEL version=$VERSION
CMD ["./server"]
