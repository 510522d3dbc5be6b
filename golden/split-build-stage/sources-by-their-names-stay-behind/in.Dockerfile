FROM golang:1.22
WORKDIR /go/src/app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o /dispatch
CMD ["/dispatch"]
