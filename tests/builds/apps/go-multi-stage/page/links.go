// Package page reads pages.
package page

import "regexp"

var link = regexp.MustCompile(`href="([^"]*)"`)

// Links returns where the links of a page lead to.
func Links(text string) []string {
	var out []string
	for _, match := range link.FindAllStringSubmatch(text, -1) {
		out = append(out, match[1])
	}
	return out
}
