FROM golang:1.22-bullseye AS build
WORKDIR /app
COPY *.go go.mod ./
RUN go build -o app .

FROM gcr.io/distroless/cc-debian11
WORKDIR /app
COPY --from=build /app/app /app/app
CMD ["/app/app"]
