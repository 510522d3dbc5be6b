package main

import "embed"

//go:embed static templates/*.html
var files embed.FS
