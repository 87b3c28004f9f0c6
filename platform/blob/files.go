package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/id"
)

// Files is a Store in a folder of the file system. Nothing outside of the folder
// can be reached, whatever its name or a link inside says.
type Files struct {
	root *os.Root
	busy sync.RWMutex // Delete tidies folders that a Put may be filling
}

// unfinished is where files are written before they get their name.
const unfinished = ".unfinished"

// OpenFiles opens a folder, making it if necessary, and removes what was left
// unfinished a day ago. Several processes may use one folder.
func OpenFiles(folder string) (*Files, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	s := &Files{root: root}
	if err := errors.Join(root.MkdirAll(unfinished, 0o700), s.tidy()); err != nil {
		root.Close()
		return nil, fmt.Errorf("blob: %w", err)
	}
	return s, nil
}

// tidy removes what no process can be writing any more.
func (s *Files) tidy() error {
	all, err := fs.ReadDir(s.root.FS(), unfinished)
	if err != nil {
		return err
	}
	before := clock.System.Now().Add(-24 * time.Hour).Time()
	for _, d := range all {
		if i, err := d.Info(); err == nil && i.ModTime().Before(before) {
			s.root.RemoveAll(path.Join(unfinished, d.Name())) // best effort: the next start tries again
		}
	}
	return nil
}

// Close releases the folder.
func (s *Files) Close() error { return s.root.Close() }

// Put implements Store.
func (s *Files) Put(ctx context.Context, name string, r io.Reader) (Info, error) {
	if !valid(name) {
		return Info{}, ErrName
	}
	temporary := path.Join(unfinished, id.New())
	if err := s.write(ctx, temporary, r); err != nil {
		s.root.Remove(temporary)
		return Info{}, fmt.Errorf("blob: put: %w", err)
	}
	s.busy.RLock()
	defer s.busy.RUnlock()
	err := s.place(temporary, name)
	if err == nil {
		err = s.syncFolder(path.Dir(name))
	}
	if err != nil {
		s.root.Remove(temporary)
		return Info{}, fmt.Errorf("blob: put: %w", err)
	}
	return s.Stat(ctx, name)
}

// place gives a file its name; another process may tidy the folder meanwhile.
func (s *Files) place(temporary, name string) (err error) {
	for range 5 {
		if err = s.root.MkdirAll(path.Dir(name), 0o700); err != nil {
			return err
		}
		if err = s.root.Rename(temporary, name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return err
}

func (s *Files) write(ctx context.Context, name string, r io.Reader) error {
	f, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, reader{ctx, r})
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// reader stops reading when its context ends.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

func (s *Files) syncFolder(name string) error {
	d, err := s.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open implements Store.
func (s *Files) Open(_ context.Context, name string) (io.ReadSeekCloser, error) {
	if !valid(name) {
		return nil, ErrName
	}
	f, err := s.root.Open(name)
	if err != nil {
		return nil, absent(err)
	}
	if i, err := f.Stat(); err != nil || !i.Mode().IsRegular() {
		f.Close()
		return nil, ErrNotFound
	}
	return f, nil
}

// Stat implements Store.
func (s *Files) Stat(_ context.Context, name string) (Info, error) {
	if !valid(name) {
		return Info{}, ErrName
	}
	i, err := s.root.Lstat(name)
	if err != nil {
		return Info{}, absent(err)
	}
	if !i.Mode().IsRegular() {
		return Info{}, ErrNotFound
	}
	return info(name, i), nil
}

func info(name string, i fs.FileInfo) Info {
	return Info{Name: name, Size: i.Size(), Changed: clock.Of(i.ModTime())}
}

func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return fmt.Errorf("blob: %w", err)
}

// Delete implements Store. Folders that become empty are removed too.
func (s *Files) Delete(ctx context.Context, name string) error {
	if _, err := s.Stat(ctx, name); errors.Is(err, ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	s.busy.Lock()
	defer s.busy.Unlock()
	if err := s.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob: delete: %w", err)
	}
	for folder := path.Dir(name); folder != "." && s.root.Remove(folder) == nil; {
		folder = path.Dir(folder)
	}
	return nil
}

// List implements Store.
func (s *Files) List(ctx context.Context, prefix string, f func(Info) error) error {
	start := "."
	if prefix != "" {
		if !valid(prefix) {
			return ErrName
		}
		start = prefix
	}
	return fs.WalkDir(s.root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // never there, or removed meanwhile
		case err != nil:
			return fmt.Errorf("blob: list: %w", err)
		case ctx.Err() != nil:
			return ctx.Err()
		case name == unfinished:
			return fs.SkipDir
		case !d.Type().IsRegular() || name == start:
			return nil
		}
		i, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		} else if err != nil {
			return fmt.Errorf("blob: list: %w", err)
		}
		return f(info(name, i))
	})
}
