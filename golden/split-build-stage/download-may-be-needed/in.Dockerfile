FROM golang:1.22
WORKDIR /app
RUN curl -fsSLo /usr/local/share/geo.db https://example.com/geo.db
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
CMD ["./server"]
