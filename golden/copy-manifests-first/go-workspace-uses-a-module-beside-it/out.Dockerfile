FROM golang:1.22 AS build
WORKDIR /src/tools
COPY tools/go.mod tools/go.work ./
COPY lib/go.mod lib/go.sum /src/lib/
RUN go mod download
COPY . /src

FROM scratch
COPY --from=build /bin/app /bin/app
