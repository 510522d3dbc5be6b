FROM golang:1.25 AS build
WORKDIR /app
COPY *.go go.mod ./
RUN go build -o app .

FROM gcr.io/distroless/cc-debian13
WORKDIR /app
COPY --from=build /app/app /app/app
CMD ["/app/app"]
