FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /server

FROM busybox:1.36
COPY --from=build /server /server
EXPOSE 8080
CMD ["/server"]
