FROM golang:1.22
WORKDIR /app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o server .
CMD ./server --port $PORT
