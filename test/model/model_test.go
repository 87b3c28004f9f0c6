package model

import (
	"errors"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

var (
	sequences = flag.Int("sequences", 0, "how many random sequences are played on each engine; 0: a few")
	seed      = flag.Uint64("seed", 1, "of the first sequence")
	failures  = flag.Int("failures", 1, "after how many failing sequences to stop")
	keep      = flag.Bool("keep", false, "keep the shrunk story of a failure in testdata")
)

// everything is what stories are made of.
var everything = Alphabet{Methods: []string{"Auto_Selection", "Auto_Selection", "Manual_Selection", "Load_Balancing", "Load_Rotation", "External"},
	Departments: true, Queue: true, Preferred: true, Moves: true, Timers: true, Admin: true, Kills: true}

// Random sequences on the model and on the real thing: after each step both show the same.
func TestRandomSequences(t *testing.T) {
	for engine, few := range map[db.Engine]int{db.SQLite: 160, db.PostgreSQL: 40} {
		t.Run(string(engine), func(t *testing.T) {
			address := addressOf(t, engine)
			n, steps, failed, began, tally := *sequences, 0, 0, time.Now(), Tally{}
			if n == 0 {
				n = few
			}
			for i := range n {
				s := *seed + uint64(i)
				done, err := Play(t.Context(), address, everything.Random(s, 40), tally)
				steps += done
				if err != nil {
					report(t, address, s, err)
					if failed++; failed >= *failures {
						return
					}
				}
			}
			took := time.Since(began)
			t.Logf("%d sequences, %d steps in %s: %s a sequence", n, steps, took.Round(time.Second), (took / time.Duration(n)).Round(time.Millisecond))
			t.Logf("what was done, and how it was answered:%s", tally)
		})
	}
}

// addressOf is a database that need not survive a power cut.
func addressOf(t *testing.T, engine db.Engine) string {
	address := testkit.URL(t, engine)
	u, err := url.Parse(address)
	if err != nil || engine != db.PostgreSQL {
		return address
	}
	q := u.Query()
	q.Set("options", "-csynchronous_commit=off")
	u.RawQuery = q.Encode()
	return u.String()
}

// report shrinks the story that failed.
func report(t *testing.T, address string, seed uint64, err error) {
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("seed %d: %v", seed, err)
	}
	last := f
	small := Shrink(f.Story, func(s Story) bool {
		_, err := Play(t.Context(), address, s, nil)
		var f *Failure
		if errors.As(err, &f) {
			last = f
		}
		return f != nil
	})
	if *keep {
		_ = os.WriteFile(filepath.Join("testdata", time.Now().Format("20060102-150405")+".txt"), []byte(small.String()), 0o644)
	}
	t.Errorf("seed %d: %v", seed, last)
}

// Stories that failed once are played again, on both engines.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, engine := range testkit.Engines {
			t.Run(filepath.Base(file)+"/"+string(engine), func(t *testing.T) {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if done, err := Play(t.Context(), addressOf(t, engine), Read(string(text)), nil); err != nil || done == 0 {
					t.Errorf("%d steps: %v", done, err)
				}
			})
		}
	}
}
