package widget

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/foyerchat/foyer/platform/id"
)

// file is one file of the built widget, ready to be sent.
type file struct {
	mime   string
	tag    string // entity tag
	body   []byte
	zipped []byte // nil when it does not pay
	hashed bool   // its name changes with its content
}

type files map[string]file

const page = "index.html"

var mimes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".mp3": "audio/mpeg", ".wav": "audio/wav", ".txt": "text/plain; charset=utf-8",
}

// readFiles reads the whole widget into memory: it is small, and never changes while the server runs.
func readFiles(from fs.FS) (files, error) {
	all := files{chimeName: newFile(chimeName, chime())}
	if from == nil {
		return all, nil
	}
	if _, err := fs.Stat(from, page); errors.Is(err, fs.ErrNotExist) {
		return all, nil // the front ends were not built
	}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(from, name)
		all[name] = newFile(name, body)
		return err
	})
	return all, err
}

func newFile(name string, body []byte) file {
	f := file{mime: mimes[path.Ext(name)], body: body, tag: `"` + id.Hash(string(body))[:32] + `"`, hashed: strings.HasPrefix(name, "assets/")}
	if f.mime == "" {
		f.mime = "application/octet-stream"
	}
	if zipped := zip(body); len(zipped) < len(body)*9/10 {
		f.zipped = zipped
	}
	return f
}

func zip(body []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return body
	}
	w.Write(body) // a Buffer never fails
	w.Close()
	return b.Bytes()
}
