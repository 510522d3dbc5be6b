FROM node:20 AS docs
WORKDIR /docs
COPY docs .
RUN npm run docs
FROM golang:1.22 AS build
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/server /app/server
CMD ["./server"]
