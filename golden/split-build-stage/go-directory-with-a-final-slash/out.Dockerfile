FROM golang:1.24 AS build
ENV GO111MODULE=on
WORKDIR /src/
COPY . /src/
RUN go build -o app

FROM gcr.io/distroless/cc-debian13
WORKDIR /src
COPY --from=build /src /src
EXPOSE 8080
ENTRYPOINT ["/src/app"]
