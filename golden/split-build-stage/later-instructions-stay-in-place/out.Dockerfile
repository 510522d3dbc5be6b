FROM golang:1.22 AS build
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/server /app/server
COPY config.yaml /etc/server/
# Not root.
USER 1000:1000
ENV CONFIG=/etc/server/config.yaml
CMD ["./server"]
