FROM golang:1.22-alpine AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o /server .

FROM golang:1.22-alpine
COPY --from=build /server /server
CMD ["/server"]
