FROM golang:1.17 AS build
WORKDIR /go/src/app
COPY *.go .
RUN go mod init dispatch && go get
RUN go install

FROM gcr.io/distroless/cc-debian12
WORKDIR /go/src/app
COPY --from=build /go/bin/dispatch /usr/local/bin/dispatch
CMD ["dispatch"]
