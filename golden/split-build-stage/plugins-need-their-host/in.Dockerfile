FROM golang:1.22
WORKDIR /app
COPY *.go go.mod ./
RUN go build -buildmode=plugin -o server .
CMD ["./server"]
