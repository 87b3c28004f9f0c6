// Package logs sets up the one logger that is handed to everything. It guards what
// must never be in a log: secrets by their key, and whole objects, which could
// carry message text.
package logs

import (
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
)

// New makes a logger that writes to w; level is debug, info, warn or error, format
// is text or json.
func New(w io.Writer, level, format string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("log level %q: want debug, info, warn or error", level)
	}
	o := &slog.HandlerOptions{Level: l, ReplaceAttr: guard}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, fmt.Errorf("log format %q: want text or json", format)
}

// secret are the parts of keys whose values are never written.
var secret = []string{"token", "password", "secret", "authorization", "cookie", "ticket"}

func guard(_ []string, a slog.Attr) slog.Attr {
	key := strings.ToLower(a.Key)
	for _, word := range secret {
		if strings.Contains(key, word) {
			return slog.String(a.Key, "[redacted]")
		}
	}
	if a.Value.Kind() == slog.KindAny && !plain(a.Value.Any()) {
		return slog.String(a.Key, fmt.Sprintf("[%T]", a.Value.Any()))
	}
	return a
}

// plain reports whether a value says itself what may be shown of it, or is too
// simple to hide something.
func plain(v any) bool {
	switch v.(type) {
	case nil, error, fmt.Stringer, *slog.Source:
		return true
	}
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map, reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Array:
		return false
	}
	return true
}
