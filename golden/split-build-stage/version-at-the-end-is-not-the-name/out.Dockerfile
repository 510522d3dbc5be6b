FROM golang:1.22 AS build
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go install

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /go/bin/server /usr/local/bin/server
CMD ["server"]
