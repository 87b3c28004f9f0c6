// Package web carries the built front ends inside the binary: the visitor's
// widget, the agent's console and the demo shop.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files is the build output: widget/, console/ and demo/. Before the front ends
// were built it holds none of them.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
