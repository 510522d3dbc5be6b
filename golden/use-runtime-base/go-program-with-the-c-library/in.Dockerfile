FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o server .

FROM golang:1.22
WORKDIR /app
COPY --from=build /src/server ./
COPY static ./static
ENTRYPOINT ["./server"]
