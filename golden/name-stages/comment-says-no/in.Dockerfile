FROM golang:1.22
RUN go build -o /a .
FROM debian:12
# dfix ignore=name-stages
COPY --from=0 /a /a
