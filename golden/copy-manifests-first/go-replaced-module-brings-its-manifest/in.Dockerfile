FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go mod download && go build -o /bin/app .

FROM scratch
COPY --from=build /bin/app /bin/app
