FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /server

FROM busybox:1.36
RUN addgroup -S -g 10001 app \
    && adduser -S -D -H -u 10001 -G app -s /bin/false app
COPY --from=build /server /server
EXPOSE 8080
USER app
CMD ["/server"]
