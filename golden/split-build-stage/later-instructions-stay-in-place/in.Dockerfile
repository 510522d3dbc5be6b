FROM golang:1.22
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
COPY config.yaml /etc/server/
# Not root.
USER 1000:1000
ENV CONFIG=/etc/server/config.yaml
CMD ["./server"]
