package app

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the generated files")

// What is made from the code is what is in the repository; `make generate` writes it.
func TestGeneratedFilesAreUpToDate(t *testing.T) {
	for name, content := range Generated() {
		path := filepath.Join("..", filepath.FromSlash(name))
		if *update {
			write(t, path, content)
			continue
		}
		stored, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(stored, content) {
			t.Errorf("%s is not what the code says (%v): run `make generate`", name, err)
		}
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
