FROM golang:1.22
WORKDIR /app
ADD data.tar.gz /app/
COPY main.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
CMD ["./server"]
