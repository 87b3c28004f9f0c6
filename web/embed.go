// Package web carries the built front ends inside the binary: the visitor's
// widget, the agent's console, the demo shop and the API's reference.
package web

import (
	"archive/zip"
	"embed"
	"io"
	"io/fs"
)

// Made of dist by web/pack: what a browser gets is a quarter of its size in here.
//
//go:embed all:packed
var packed embed.FS

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
	f, err := packed.Open("packed/" + name + ".zip")
	if err != nil {
		return embed.FS{}
	}
	info, err := f.Stat()
	if err != nil {
		panic(err) // an embedded file has one
	}
	files, err := zip.NewReader(f.(io.ReaderAt), info.Size())
	if err != nil {
		panic("web: " + name + " is no archive: build it again: " + err.Error())
	}
	return files
}
