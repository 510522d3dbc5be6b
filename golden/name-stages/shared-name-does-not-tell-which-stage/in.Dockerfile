FROM golang:1.22 AS build
RUN go build -o /a .
FROM golang:1.22 AS build
RUN go build -o /b .
FROM debian:12
COPY --from=0 /a /a
COPY --from=1 /b /b
