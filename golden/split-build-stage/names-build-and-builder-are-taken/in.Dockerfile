FROM busybox AS build
RUN echo x > /x
FROM busybox AS builder
RUN echo x > /x
FROM golang:1.22
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o server .
CMD ["./server"]
