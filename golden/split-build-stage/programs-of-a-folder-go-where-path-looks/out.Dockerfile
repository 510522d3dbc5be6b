FROM golang:1.22 AS build
ENV CGO_ENABLED=0
WORKDIR /app
COPY . .
RUN go install ./cmd/server ./cmd/worker

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /go/bin /usr/local/bin
COPY --from=build /app /app
CMD ["server"]
