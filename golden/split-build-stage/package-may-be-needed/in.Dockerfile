FROM golang:1.22
RUN apt-get update && apt-get install -y ffmpeg
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
CMD ["./server"]
