FROM golang:1.22 AS build
WORKDIR /app
COPY --chown=1000:1000 data /app/data
COPY --chown=1000:1000 main.go go.mod /app/
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /usr/local/bin/server /usr/local/bin/server
COPY --from=build --chown=1000:1000 /app/data /app/data
USER 1000
CMD ["server"]
