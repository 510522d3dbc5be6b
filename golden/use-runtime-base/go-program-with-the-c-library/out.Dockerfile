FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o server .

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /src/server ./
COPY static ./static
ENTRYPOINT ["./server"]
