FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /tool .
FROM debian:12
COPY --from=build /tool /usr/local/bin/tool
ENTRYPOINT ["tool"]
