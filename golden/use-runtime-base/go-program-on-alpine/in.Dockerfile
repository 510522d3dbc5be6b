FROM golang:1.22-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /server .

FROM golang:1.22-alpine
COPY --from=build /server /server
CMD ["/server"]
