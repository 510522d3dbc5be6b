FROM golang:1.22
WORKDIR /app
COPY . .
RUN mkdir bin && CGO_ENABLED=0 go build -o bin/ ./cmd/...
CMD ["/app/bin/api"]
