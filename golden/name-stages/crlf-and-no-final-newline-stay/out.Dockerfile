FROM golang:1.22 AS build
RUN go build -o /a .
FROM scratch
COPY --from=build /a /a