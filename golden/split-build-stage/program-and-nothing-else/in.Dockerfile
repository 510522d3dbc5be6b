# The web server.
FROM golang:1.22
# What it listens on.
ENV PORT=8080
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /src/bin/server .

# The port of PORT.
EXPOSE 8080
CMD ["/src/bin/server"]
