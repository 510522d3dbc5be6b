// Command teapot refuses to brew coffee.
package main

import (
	"fmt"
	"net"
)

func refuse(client net.Conn) {
	defer client.Close()
	client.Read(make([]byte, 4096))
	fmt.Fprint(client, "HTTP/1.0 418 I'm a teapot\r\n\r\nshort and stout\n")
}

func main() {
	listener, err := net.Listen("tcp", ":8443")
	if err != nil {
		panic(err)
	}
	for {
		client, err := listener.Accept()
		if err == nil {
			refuse(client)
		}
	}
}
