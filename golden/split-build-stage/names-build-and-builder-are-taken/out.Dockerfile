FROM busybox AS build
RUN echo x > /x
FROM busybox AS builder
RUN echo x > /x
FROM golang:1.22 AS builder-stage
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o server .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=builder-stage /app/server /app/server
CMD ["./server"]
