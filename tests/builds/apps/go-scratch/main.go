// Command clock answers that it is noon.
package main

import "net"

func main() {
	listener, err := net.Listen("tcp", ":3737")
	if err != nil {
		panic(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			continue
		}
		client.Read(make([]byte, 4096))
		client.Write([]byte("HTTP/1.0 200 OK\r\n\r\nit is noon\n"))
		client.Close()
	}
}
