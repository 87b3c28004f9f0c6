package picture

import (
	"io"
	"mime"

	"github.com/gabriel-vasile/mimetype"
)

// Sniff finds the type of any file by its content; f is at its beginning again afterwards.
func Sniff(f io.ReadSeeker) (string, error) {
	if err := rewind(f); err != nil {
		return "", err
	}
	found, err := mimetype.DetectReader(f)
	if err != nil {
		return "", err
	}
	kind, _, err := mime.ParseMediaType(found.String())
	if err != nil {
		kind = "application/octet-stream"
	}
	if kind == "image/vnd.mozilla.apng" {
		kind = "image/png" // which is what it is without its movement
	}
	return kind, rewind(f)
}
