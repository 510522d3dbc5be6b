FROM golang:1.22
WORKDIR /app
COPY . .
RUN go build -ldflags "-X main.v=$(git rev-parse HEAD)" -o /x .
