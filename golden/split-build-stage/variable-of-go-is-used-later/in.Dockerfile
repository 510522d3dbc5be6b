FROM golang:1.22
ENV GOPATH=/work
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
LABEL path=$GOPATH
CMD ["./server"]
