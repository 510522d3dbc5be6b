FROM node:20 AS docs
WORKDIR /docs
COPY docs .
RUN npm run docs
FROM golang:1.22
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
CMD ["./server"]
