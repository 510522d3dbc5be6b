FROM golang:1.22 AS build

WORKDIR /src
COPY go.mod main.go ./
RUN CGO_ENABLED=0 go build -o /server .

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /server /server
LABEL org.opencontainers.image.title="server"
EXPOSE 8080
CMD ["/server"]
