FROM golang:1.24
ENV GO111MODULE=on
WORKDIR /src/
COPY . /src/
RUN go build -o app
EXPOSE 8080
ENTRYPOINT ["/src/app"]
