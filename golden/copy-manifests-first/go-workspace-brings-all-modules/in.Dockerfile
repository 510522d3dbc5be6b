FROM golang:1.22 AS build
WORKDIR /src
COPY . .
WORKDIR /src/api
RUN go mod download

FROM scratch
COPY --from=build /bin/app /bin/app
