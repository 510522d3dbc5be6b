FROM golang:1.22
RUN go install example.com/tool@v1.0.0

FROM golang:1.22 AS build
RUN go build -o /app .

FROM debian:12
COPY --from=build /app /app
