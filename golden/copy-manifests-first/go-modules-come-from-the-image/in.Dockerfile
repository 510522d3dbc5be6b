FROM golang:1.22 AS build
ENV GOPROXY=file:///opt/modules,off
WORKDIR /src
COPY . .
RUN go mod download

FROM scratch
COPY --from=build /bin/app /bin/app
