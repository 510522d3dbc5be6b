FROM golang:1.24 AS build
WORKDIR /src
COPY . .
RUN go build -o supervisor .

FROM debian:12-slim
COPY --from=build /src/supervisor /usr/local/bin/supervisor
EXPOSE 8888
ENTRYPOINT ["/usr/local/bin/supervisor"]
