FROM golang:1.22 AS build
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .

FROM registry.local/run/static:1
WORKDIR /app
COPY --from=build /app/server /app/server
CMD ["./server"]
