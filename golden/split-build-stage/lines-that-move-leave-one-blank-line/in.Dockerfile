FROM golang:1.22

LABEL org.opencontainers.image.title="server"

EXPOSE 8080

WORKDIR /src
COPY go.mod main.go ./
RUN CGO_ENABLED=0 go build -o /server .
CMD ["/server"]
