FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod main.go ./
RUN go build -o /usr/local/bin/server .

FROM registry.local/run/bookworm:12
WORKDIR /src
COPY --from=build /usr/local/bin/server /usr/local/bin/server
CMD ["server"]
