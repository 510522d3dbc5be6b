FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
COPY lib/go.mod ./lib/
RUN go mod download
COPY . .
RUN go build -o /bin/app .

FROM scratch
COPY --from=build /bin/app /bin/app
