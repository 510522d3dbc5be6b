FROM golang:1.22-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /server .

FROM gcr.io/distroless/static-debian12
COPY --from=build /server /server
CMD ["/server"]
