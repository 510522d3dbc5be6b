FROM golang:1.24 AS build
WORKDIR /src
COPY . .
RUN go build -o supervisor .

FROM debian:12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app
COPY --from=build /src/supervisor /usr/local/bin/supervisor
EXPOSE 8888
USER app
ENTRYPOINT ["/usr/local/bin/supervisor"]
