package blob

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

var ctx = context.Background()

func open(t *testing.T) (*Files, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	s, err := OpenFiles(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, folder
}

func put(t *testing.T, s Store, name, content string) Info {
	t.Helper()
	i, err := s.Put(ctx, name, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func get(t *testing.T, s Store, name string) string {
	t.Helper()
	r, err := s.Open(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func list(t *testing.T, s Store, prefix string) (names []string) {
	t.Helper()
	if err := s.List(ctx, prefix, func(i Info) error { names = append(names, i.Name); return nil }); err != nil {
		t.Fatal(err)
	}
	return names
}

func TestEmptyFoldersDoNotStay(t *testing.T) {
	s, folder := open(t)
	put(t, s, "rooms/r1/photo.png", "x")
	if err := s.Delete(ctx, "rooms/r1/photo.png"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "rooms")); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("empty folders stay")
	}
}

func TestNoNameLeavesTheFolder(t *testing.T) {
	s, folder := open(t)
	secret := filepath.Join(filepath.Dir(folder), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"link", "up"} {
		target := map[string]string{"link": secret, "up": ".."}[link]
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"", ".", "..", "/", "../secret", "a/../../secret", "/etc/passwd", "a//b", "a/", "/a", "./a", ".hidden", "a/.b",
		unfinished + "/x", `..\secret`, `C:\x`, "a\x00b", "a b", "ä", "%2e%2e", "link", "up/secret", strings.Repeat("x", 501), "CON:", "a\nb"}
	for _, name := range names {
		if _, err := s.Open(ctx, name); err == nil {
			t.Errorf("%q was opened", name)
		}
		if _, err := s.Stat(ctx, name); err == nil {
			t.Errorf("%q is there", name)
		}
		if name == "link" { // may be replaced, which does not touch what it pointed to
			continue
		}
		if _, err := s.Put(ctx, name, strings.NewReader("owned")); err == nil {
			t.Errorf("%q was written", name)
		}
		if err := s.List(ctx, name, func(i Info) error { t.Errorf("%q lists %s", name, i.Name); return nil }); err == nil && !valid(name) && name != "" {
			t.Errorf("%q was listed", name)
		}
		s.Delete(ctx, name)
	}
	put(t, s, "link", "mine")
	if b, err := os.ReadFile(secret); err != nil || string(b) != "secret" {
		t.Fatalf("%s %v", b, err)
	}
}

func TestAFailedPutLeavesWhatWasThere(t *testing.T) {
	s, folder := open(t)
	put(t, s, "a", "good")
	broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("cut")))
	if _, err := s.Put(ctx, "a", broken); err == nil {
		t.Fatal("no error")
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Put(cancelled, "a", strings.NewReader("late")); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if _, err := s.Put(ctx, "a/b", strings.NewReader("below a file")); err == nil {
		t.Fatal("a file became a folder")
	}
	if got := get(t, s, "a"); got != "good" {
		t.Fatal(got)
	}
	if left, err := os.ReadDir(filepath.Join(folder, unfinished)); err != nil || len(left) != 0 {
		t.Fatalf("%v %v", left, err)
	}
}

func TestWhatWasUnfinishedIsRemovedAtTheStart(t *testing.T) {
	s, folder := open(t)
	put(t, s, "a", "good")
	s.Close()
	for name, age := range map[string]time.Duration{"old": 25 * time.Hour, "of another process": time.Minute} {
		file, at := filepath.Join(folder, unfinished, name), clock.System.Now().Add(-age).Time()
		if err := errors.Join(os.WriteFile(file, []byte("half"), 0o600), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	again, err := OpenFiles(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if left, err := os.ReadDir(filepath.Join(folder, unfinished)); err != nil || len(left) != 1 || left[0].Name() == "old" {
		t.Fatalf("%v %v", left, err)
	}
	if got := get(t, again, "a"); got != "good" {
		t.Fatal(got)
	}
}

// A folder that one removes while another fills it must not swallow the file.
func TestPutAndDeleteInOneFolder(t *testing.T) {
	s, _ := open(t)
	var all sync.WaitGroup
	for _, name := range []string{"x/1", "x/2"} {
		all.Go(func() {
			for range 100 {
				if _, err := s.Put(ctx, name, strings.NewReader("x")); err != nil {
					t.Error(err)
				}
				if err := s.Delete(ctx, name); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if left := list(t, s, ""); len(left) != 0 {
		t.Fatal(left)
	}
}
