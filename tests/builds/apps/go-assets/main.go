// Command assets sends the page that lies beside it.
package main

import (
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", ":8000")
	if err != nil {
		panic(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			continue
		}
		client.Read(make([]byte, 4096))
		page, err := os.ReadFile("pages/index.html")
		if err != nil {
			client.Write([]byte("HTTP/1.0 404 Not Found\r\n\r\nno page\n"))
		} else {
			client.Write([]byte("HTTP/1.0 200 OK\r\n\r\n"))
			client.Write(page)
		}
		client.Close()
	}
}
