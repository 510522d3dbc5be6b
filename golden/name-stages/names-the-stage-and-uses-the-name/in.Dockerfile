FROM golang:1.22
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM debian:12
COPY --from=0 /app /usr/local/bin/app
COPY --chown=1:1 --from=0 /src/static /static
CMD ["app"]
