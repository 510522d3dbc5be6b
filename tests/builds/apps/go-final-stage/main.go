package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"
)

// Prints the highest tide of the table and the hour of it in Lisbon.
func main() {
	file, err := os.Open(os.Getenv("TIDES"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		zone = time.UTC
	}
	best, at := "", time.Time{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		hour, height, found := strings.Cut(lines.Text(), " ")
		when, err := time.Parse(time.RFC3339, hour)
		if found && err == nil && height > best {
			best, at = height, when.In(zone)
		}
	}
	fmt.Printf("high tide %s at %s\n", best, at.Format("15:04"))
}
