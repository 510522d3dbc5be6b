FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN make server

FROM golang:1.22
COPY --from=build /src/server /server
CMD ["/server"]
