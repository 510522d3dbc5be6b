FROM golang:1.22-alpine AS builder
RUN apk add --no-cache git ca-certificates
WORKDIR /app
COPY . .
RUN go build -trimpath -ldflags "-s -w -X main.version=$(git describe)" -o server ./cmd/server
ENTRYPOINT ["./server", "--config", "config/app.yaml"]
