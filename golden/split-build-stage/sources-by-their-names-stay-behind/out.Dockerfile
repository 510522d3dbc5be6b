FROM golang:1.22 AS build
WORKDIR /go/src/app
COPY *.go go.mod ./
RUN CGO_ENABLED=0 go build -o /dispatch

FROM gcr.io/distroless/static-debian12
WORKDIR /go/src/app
COPY --from=build /dispatch /dispatch
CMD ["/dispatch"]
