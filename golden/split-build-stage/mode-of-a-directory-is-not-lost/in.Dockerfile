FROM golang:1.22
WORKDIR /app
COPY *.go go.mod ./
RUN mkdir -m 777 /data && CGO_ENABLED=0 go build -o server .
CMD ["./server"]
