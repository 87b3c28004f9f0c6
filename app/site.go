package app

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/foyerchat/foyer/platform/id"
)

// site serves a built front end: files with a hash in their name for ever, pages
// with a check, and the first page for every address the front end makes up.
type site struct {
	files   fs.FS
	prefix  string
	headers func(http.Header)

	mu    sync.Mutex
	ready map[string]*asset
}

// asset is a file as it is sent.
type asset struct {
	plain, zipped []byte
	kind, tag     string
}

func newSite(files fs.FS, prefix string, headers func(http.Header)) *site {
	return &site{files: files, prefix: prefix, headers: headers, ready: map[string]*asset{}}
}

const entrance = "index.html"

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, s.prefix)
	if name == "" || path.Ext(name) == "" {
		name = entrance
	}
	s.headers(w.Header())
	a, err := s.asset(name)
	if err != nil {
		s.missing(w, name)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("ETag", a.tag)
	h.Set("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.plain
	if len(a.zipped) > 0 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.zipped
	}
	w.Write(body)
}

func (s *site) missing(w http.ResponseWriter, name string) {
	text := "There is no such file."
	if name == entrance {
		text = "This binary was made without the front ends: build it with `make build`."
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, text, http.StatusNotFound)
}

// asset reads a file once and keeps it as it is sent.
func (s *site) asset(name string) (*asset, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, ok := s.ready[name]; ok {
		return a, nil
	}
	content, err := fs.ReadFile(s.files, name)
	if err != nil {
		return nil, err
	}
	a := &asset{plain: content, kind: kindOf(name), tag: `W/"` + id.Hash(string(content))[:20] + `"`}
	if zipped := zip(content); len(zipped) < len(content) {
		a.zipped = zipped
	}
	s.ready[name] = a
	return a, nil
}

// kindOf knows what browsers insist on, whatever the machine's own table says.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

func zip(content []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	w.Write(content) // a buffer takes everything
	w.Close()
	return b.Bytes()
}

// consoleHeaders allow the console its own files and nothing else; Mantine puts
// styles into elements. With an external frame any page may stand in a frame: where it
// sends a browser to sign in is not known beforehand.
func consoleHeaders(framed func() bool) func(http.Header) {
	return func(h http.Header) {
		plainHeaders(h)
		frames := "'self'" // the widget, beside what changes it
		if framed() {
			frames += " http: https:"
		}
		h.Set("Content-Security-Policy", "default-src 'self'; frame-src "+frames+"; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; "+
			"font-src 'self' data:; media-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
}

func plainHeaders(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
}
