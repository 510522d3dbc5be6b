FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /bin/app ./cmd/app

FROM debian:12
COPY --from=build /bin/app /bin/app
