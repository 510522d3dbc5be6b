// Says in how many ways some letters can be put in a row.
package main

import (
	"fmt"

	"example.com/words/count"
)

func main() {
	fmt.Println("LEVEL:", count.Orders("LEVEL"))
}
