FROM golang:1.22
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=linux go build -o ./bin/ghost ./cmd/ghost/main.go
EXPOSE 8080
ENTRYPOINT ["/app/bin/ghost"]
