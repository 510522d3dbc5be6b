// Command dice throws a die that always shows four.
package main

import (
	"fmt"

	"example.com/random"
)

func main() { fmt.Println("you threw a", random.Number()) }
