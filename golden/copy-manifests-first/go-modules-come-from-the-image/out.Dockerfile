FROM golang:1.22 AS build
ENV GOPROXY=file:///opt/modules,off
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .

FROM scratch
COPY --from=build /bin/app /bin/app
