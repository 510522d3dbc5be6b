FROM golang:1.22 AS build
RUN --mount=type=ssh go mod download
RUN go build -o /app

FROM scratch
COPY --from=build /app /app
