# The web server.
FROM golang:1.22 AS build
# What it listens on.
ENV PORT=8080
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /src/bin/server .

FROM gcr.io/distroless/static-debian12
ENV PORT=8080
WORKDIR /src
COPY --from=build /src/bin/server /src/bin/server

# The port of PORT.
EXPOSE 8080
CMD ["/src/bin/server"]
