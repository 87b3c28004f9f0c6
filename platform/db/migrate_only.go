package db

import (
	"bytes"
	"io/fs"
	"strings"
)

// forEngine shows migrations without what stands in them for another engine: the lines
// from "-- +only ENGINE" to the next such line or to "-- +end".
type forEngine struct {
	fs.FS
	engine Engine
}

func (f forEngine) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	defer file.Close()
	content, err := fs.ReadFile(f.FS, name)
	if err != nil {
		return nil, err
	}
	about, err := file.Stat()
	return &engineFile{bytes.NewReader(only(content, f.engine)), about}, err
}

func only(content []byte, engine Engine) []byte {
	var kept []byte
	mine := true
	for line := range bytes.Lines(content) {
		text := strings.TrimSpace(string(line))
		if of, ok := strings.CutPrefix(text, "-- +only "); ok {
			mine = Engine(of) == engine
			continue
		}
		if text == "-- +end" {
			mine = true
			continue
		}
		if mine {
			kept = append(kept, line...)
		}
	}
	return kept
}

type engineFile struct {
	*bytes.Reader
	about fs.FileInfo
}

func (f *engineFile) Stat() (fs.FileInfo, error) { return f.about, nil }
func (f *engineFile) Close() error               { return nil }
