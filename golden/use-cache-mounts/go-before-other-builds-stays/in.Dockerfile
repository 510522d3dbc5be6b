FROM golang:1.22 AS one
COPY . .
RUN go mod download
RUN make

FROM golang:1.22 AS two
RUN go build -o /app
CMD ["air"]

FROM scratch
COPY --from=one /app /app
