FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /server

FROM scratch
WORKDIR /data
COPY --from=build /server /server
COPY pages pages
EXPOSE 8080
ENTRYPOINT ["/server"]
