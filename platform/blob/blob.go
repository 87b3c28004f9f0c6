// Package blob keeps files: uploads, transcripts, whatever is too large for a row.
// A name is what our own code makes of identifiers, never what a user typed, and
// is checked all the same. It knows no permissions: who may read a file is decided
// where the file has a meaning.
package blob

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
)

// Store keeps files by name: parts of letters, digits, ".", "_" and "-", joined
// by "/", none beginning with a dot.
type Store interface {
	// Put stores all of r under a name, replacing what was there, and returns once
	// it is durable. A failed Put leaves what was there.
	Put(ctx context.Context, name string, r io.Reader) (Info, error)
	// Open reads a file from its beginning.
	Open(ctx context.Context, name string) (io.ReadSeekCloser, error)
	// Stat tells about a file without reading it.
	Stat(ctx context.Context, name string) (Info, error)
	// Delete removes a file; one that is not there is removed already.
	Delete(ctx context.Context, name string) error
	// List calls f for each file whose name begins with the folder "prefix/" ("" is
	// all), in the order of the names, until f fails.
	List(ctx context.Context, prefix string, f func(Info) error) error
}

// Info is what is known about a file.
type Info struct {
	Name    string
	Size    int64
	Changed clock.Instant
}

// The errors of a Store that a caller may expect.
var (
	ErrNotFound = errors.New("blob: no such file")
	ErrName     = errors.New("blob: not a file's name")
)

const maxName = 500

// valid reports whether a name may be used.
func valid(name string) bool {
	if name == "" || len(name) > maxName {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part[0] == '.' || strings.ContainsFunc(part, odd) {
			return false
		}
	}
	return true
}

func odd(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
		return false
	}
	return true
}
