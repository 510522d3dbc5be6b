FROM golang:1.22
ARG PORT=8080
ENV PORT=$PORT CGO_ENABLED=0
WORKDIR /app
COPY go.mod *.go ./
COPY static ./static
RUN go build -o server .
EXPOSE $PORT
CMD ["./server"]
