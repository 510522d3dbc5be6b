FROM golang:1.22
RUN go build -o /app .
FROM golang:1.22 AS build
RUN go vet ./...
FROM builder
COPY --from=0 /app /app
COPY --from=build /report /report
