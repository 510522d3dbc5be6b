FROM golang:1.22 AS server
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .
CMD ["server"]
