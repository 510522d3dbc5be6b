from golang:1.22
workdir /app
copy *.go go.mod ./
cmd ["./server"]
run CGO_ENABLED=0 go build -o server .