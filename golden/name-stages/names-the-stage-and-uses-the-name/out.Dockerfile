FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM debian:12
COPY --from=build /app /usr/local/bin/app
COPY --chown=1:1 --from=build /src/static /static
CMD ["app"]
