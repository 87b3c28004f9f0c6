// Command pack makes, from the folder of the module, one archive of each built front
// end in web/dist, to be embedded in the binary.
package main

import (
	"archive/zip"
	"compress/flate"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	sites, err := filepath.Glob("web/dist/*")
	if err != nil {
		log.Fatal(err)
	}
	for _, folder := range sites {
		if err := pack(folder, filepath.Join("web/packed", filepath.Base(folder)+".zip")); err != nil {
			log.Fatal("pack: ", err)
		}
	}
}

// pack archives a folder. The same files make the same archive, byte by byte.
func pack(folder, archive string) error {
	out, err := os.Create(archive)
	if err != nil {
		return err
	}
	defer out.Close()
	w := zip.NewWriter(out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestCompression) })
	if err := addAll(w, os.DirFS(folder)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return out.Close()
}

// addAll adds files without the times of their making, unlike zip.Writer.AddFS.
func addAll(w *zip.Writer, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		f, err := w.Create(name)
		if err != nil {
			return err
		}
		_, err = f.Write(content)
		return err
	})
}
