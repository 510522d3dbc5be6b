// Linkcheck reads addresses from standard input, one a line, and prints those
// that do not answer.
package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	client := &http.Client{Timeout: 10 * time.Second}
	failed := false
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		response, err := client.Head(lines.Text())
		if err != nil {
			fmt.Println(lines.Text(), err)
			failed = true
			continue
		}
		response.Body.Close()
		if response.StatusCode >= 400 {
			fmt.Println(lines.Text(), response.Status)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}
