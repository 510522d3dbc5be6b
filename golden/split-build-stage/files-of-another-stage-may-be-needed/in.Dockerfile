FROM node:20 AS web
WORKDIR /web
COPY web .
RUN npm ci && npm run build
FROM golang:1.22
WORKDIR /app
COPY *.go go.mod ./
COPY --from=web /web/dist ./static
RUN CGO_ENABLED=0 go build -o server .
CMD ["./server"]
