FROM golang:1.22 AS build
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
FROM debian:12
COPY --from=build /app/server /server
CMD ["/server"]
