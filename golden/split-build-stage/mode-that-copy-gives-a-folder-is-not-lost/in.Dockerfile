FROM golang:1.22
WORKDIR /app
COPY --chmod=777 data /app/data
COPY main.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
USER 1000
CMD ["./server"]
