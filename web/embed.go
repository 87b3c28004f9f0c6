// Package web carries the built front ends inside the binary: the visitor's
// widget, the agent's console, the demo shop and the API's reference.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Each of these file systems is empty before the front ends were built.

// Widget is what belongs below /livechat.
func Widget() fs.FS { return part("widget") }

// Console is the agent's console.
func Console() fs.FS { return part("console") }

// Demo is the sample shop.
func Demo() fs.FS { return part("demo") }

// Reference is the readable page of the API.
func Reference() fs.FS { return part("reference") }

func part(name string) fs.FS {
	files, err := fs.Sub(dist, "dist/"+name)
	if err != nil {
		panic(err) // the names are constants
	}
	return files
}
