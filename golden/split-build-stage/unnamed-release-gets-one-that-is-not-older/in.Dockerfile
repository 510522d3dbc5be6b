FROM golang:1.25
WORKDIR /app
COPY *.go go.mod ./
RUN go build -o app .
CMD ["/app/app"]
