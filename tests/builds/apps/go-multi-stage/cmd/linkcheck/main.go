// Command linkcheck lists the links of a page.
package main

import (
	"fmt"
	"os"

	"example.com/linkcheck/page"
)

func main() {
	for _, link := range page.Links(`<a href="/one">1</a> <a href="/two">2</a>`) {
		fmt.Println(link)
	}
	if len(os.Args) > 1 {
		fmt.Println("arguments:", os.Args[1:])
	}
}
