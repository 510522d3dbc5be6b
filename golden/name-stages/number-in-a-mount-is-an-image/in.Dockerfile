FROM golang:1.22
RUN go build -o /app .
FROM debian:12
RUN --mount=type=bind,from=0,source=/app,target=/app cp /app /usr/bin/app
