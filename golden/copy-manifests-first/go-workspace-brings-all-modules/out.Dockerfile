FROM golang:1.22 AS build
WORKDIR /src
WORKDIR /src/api
COPY api/go.mod api/go.sum ./
COPY go.work /src/
COPY lib/go.mod /src/lib/
RUN go mod download
COPY . /src/

FROM scratch
COPY --from=build /bin/app /bin/app
