FROM golang:1.22 AS build
ARG VERSION=1
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -ldflags="-X main.version=$VERSION" -o server .

FROM gcr.io/distroless/static-debian12
ARG VERSION=1
WORKDIR /app
COPY --from=build /app/server /app/server
LABEL version=$VERSION
CMD ["./server"]
