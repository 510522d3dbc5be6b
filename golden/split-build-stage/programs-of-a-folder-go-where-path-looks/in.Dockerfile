FROM golang:1.22
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go install ./cmd/server ./cmd/worker
CMD ["server"]
