FROM golang:1.22 AS golang-build
RUN go build -o /app .
FROM golang:1.22 AS build
RUN go vet ./...
FROM builder
COPY --from=golang-build /app /app
COPY --from=build /report /report
