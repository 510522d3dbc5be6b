FROM golang:1.22-alpine AS builder
RUN apk add --no-cache git ca-certificates
WORKDIR /app
COPY . .
RUN go build -trimpath -ldflags "-s -w -X main.version=$(git describe)" -o server ./cmd/server

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=builder /app/server /app/server
COPY --from=builder /app/config /app/config
COPY --from=builder /app/templates /app/templates
ENTRYPOINT ["./server", "--config", "config/app.yaml"]
