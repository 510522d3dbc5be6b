FROM golang:1.22-bullseye
WORKDIR /app
COPY *.go go.mod ./
RUN go build -o app .
CMD ["/app/app"]
