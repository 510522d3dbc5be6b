FROM golang:1.22 AS builder
# the tool of the team
RUN go build -o /app .
FROM debian:12
COPY . .
