FROM golang:1.22 AS build
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=linux go build -o ./bin/ghost ./cmd/ghost/main.go

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app /app
EXPOSE 8080
ENTRYPOINT ["/app/bin/ghost"]
