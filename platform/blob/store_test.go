package blob

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// each runs a test on every kind of store; the bucket's server is another project's.
func each(t *testing.T, f func(t *testing.T, s Store)) {
	t.Run("files", func(t *testing.T) {
		s, _ := open(t)
		f(t, s)
	})
	t.Run("s3", func(t *testing.T) { f(t, bucket(t)) })
}

func bucket(t *testing.T) *S3 {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("chats"); err != nil {
		t.Fatal(err)
	}
	inner := gofakes3.New(backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=key/") { // it does not look itself
			w.WriteHeader(http.StatusForbidden)
			return
		}
		if r.URL.Query().Has("uploadId") && strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
			b := unchunked(r.Body) // which it does for whole objects only
			r.Body, r.ContentLength = io.NopCloser(b), int64(b.Len())
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	at := strings.TrimPrefix(server.URL, "http://")
	s, err := OpenS3(ctx, "http://key:secret@"+at+"/chats/foyer?region=us-east-1")
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"http://other:secret@" + at + "/chats", "http://key:secret@" + at + "/other", "chats", "ftp://x/y"} {
		if _, err := OpenS3(ctx, wrong+"?region=us-east-1"); err == nil {
			t.Errorf("%s opens", wrong)
		} else if strings.Contains(err.Error(), ":secret@"+at) {
			t.Errorf("the secret is told: %v", err)
		}
	}
	return s
}

func TestAFileIsKeptReplacedAndRemoved(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		i := put(t, s, "rooms/r1/photo.png", "one")
		if i.Name != "rooms/r1/photo.png" || i.Size != 3 || i.Changed == 0 {
			t.Fatalf("%+v", i)
		}
		put(t, s, "rooms/r1/photo.png", "another")
		if got := get(t, s, "rooms/r1/photo.png"); got != "another" {
			t.Fatal(got)
		}
		if err := s.Delete(ctx, "rooms/r1/photo.png"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Stat(ctx, "rooms/r1/photo.png"); !errors.Is(err, ErrNotFound) {
			t.Fatal(err)
		}
		if err := s.Delete(ctx, "rooms/r1/photo.png"); err != nil {
			t.Fatal("a second time:", err)
		}
	})
}

func TestFilesAreListedByFolderInOrder(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		for _, name := range []string{"b/2", "a", "b/1", "b/c/3", "bb/4"} {
			put(t, s, name, "x")
		}
		for prefix, want := range map[string][]string{"": {"a", "b/1", "b/2", "b/c/3", "bb/4"}, "b": {"b/1", "b/2", "b/c/3"}, "nowhere": nil} {
			if got := list(t, s, prefix); !slices.Equal(got, want) {
				t.Errorf("%q: %v", prefix, got)
			}
		}
		enough := errors.New("enough")
		if err := s.List(ctx, "", func(Info) error { return enough }); !errors.Is(err, enough) {
			t.Fatal(err)
		}
	})
}

// Ranges of a file are read without reading all of it.
func TestAFileIsReadFromAnywhere(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		put(t, s, "a", "0123456789")
		r, err := s.Open(ctx, "a")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		end, err := r.Seek(0, io.SeekEnd)
		if err == nil {
			_, err = r.Seek(4, io.SeekStart)
		}
		b := make([]byte, 3)
		if err == nil {
			_, err = io.ReadFull(r, b)
		}
		if err != nil || end != 10 || string(b) != "456" {
			t.Fatalf("%d %q %v", end, b, err)
		}
		if _, err := s.Open(ctx, "nothing"); !errors.Is(err, ErrNotFound) {
			t.Fatal(err)
		}
	})
}

// What cannot be read whole does not replace what was there; nor is it kept in memory.
func TestPutOfUnknownLength(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		put(t, s, "a", "good")
		half := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("cut")))
		if _, err := s.Put(ctx, "a", half); err == nil {
			t.Fatal("no error")
		}
		if got := get(t, s, "a"); got != "good" {
			t.Fatal(got)
		}
		long := io.LimitReader(zeros{}, partSize+5)
		if i, err := s.Put(ctx, "long", long); err != nil || i.Size != partSize+5 {
			t.Fatalf("%+v %v", i, err)
		}
		for _, name := range []string{"", "../a", "a b"} {
			if _, err := s.Put(ctx, name, strings.NewReader("x")); !errors.Is(err, ErrName) {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

// unchunked is a body without the signatures between its pieces.
func unchunked(body io.Reader) *bytes.Buffer {
	in, out := bufio.NewReader(body), &bytes.Buffer{}
	for {
		line, err := in.ReadString('\n')
		size, _, _ := strings.Cut(line, ";")
		n, bad := strconv.ParseInt(size, 16, 64)
		if err != nil || bad != nil || n == 0 {
			return out
		}
		io.CopyN(out, in, n)
		in.ReadString('\n')
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
