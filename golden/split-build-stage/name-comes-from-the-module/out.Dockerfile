FROM golang:1.22 AS build
WORKDIR /app
COPY . .
RUN go env && CGO_ENABLED=0 go build

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/server /app/server
CMD ["/app/server"]
