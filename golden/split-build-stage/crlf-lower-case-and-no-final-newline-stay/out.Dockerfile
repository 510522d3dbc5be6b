from golang:1.22 as build
workdir /app
copy *.go go.mod ./
run CGO_ENABLED=0 go build -o server .

from gcr.io/distroless/static-debian12
workdir /app
copy --from=build /app/server /app/server
cmd ["./server"]