FROM golang:1.22 AS build
WORKDIR /app
COPY . .
RUN mkdir bin && CGO_ENABLED=0 go build -o bin/ ./cmd/...

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/bin /app/bin
CMD ["/app/bin/api"]
