FROM golang:1.22 AS build
COPY . /src
WORKDIR /src/tools
RUN go mod download

FROM scratch
COPY --from=build /bin/app /bin/app
