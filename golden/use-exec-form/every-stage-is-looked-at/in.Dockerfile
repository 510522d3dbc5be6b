FROM golang:1.23 AS build
CMD go test ./pkg
FROM scratch
CMD /server --port 80
