FROM golang:1.22 AS build
RUN go install example.com/tool@latest

FROM golang:1.22
COPY --from=build /go /go
