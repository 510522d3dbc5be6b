FROM golang:1.22
WORKDIR /app
COPY . .
RUN go env && CGO_ENABLED=0 go build
CMD ["/app/server"]
