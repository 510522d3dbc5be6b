FROM golang:1.22 AS build
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .

FROM gcr.io/distroless/static-debian12 AS server
WORKDIR /app
COPY --from=build /usr/local/bin/server /usr/local/bin/server
CMD ["server"]
