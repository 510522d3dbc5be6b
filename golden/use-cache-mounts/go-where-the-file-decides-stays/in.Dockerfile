FROM golang:1.22 AS build
ENV GOMODCACHE=/mod
RUN go build -o /app

FROM scratch
COPY --from=build /app /app
