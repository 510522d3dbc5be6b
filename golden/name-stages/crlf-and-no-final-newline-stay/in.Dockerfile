FROM golang:1.22
RUN go build -o /a .
FROM scratch
COPY --from=0 /a /a