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
	sequences = flag.Int("sequences", 0, "how many random sequences are played on each engine; 0: few of many, in which most happens")
	seed      = flag.Uint64("seed", 1, "of the first sequence")
	failures  = flag.Int("failures", 1, "after how many failing sequences to stop")
	keep      = flag.Bool("keep", false, "keep the shrunk story of a failure in testdata")
)

// everything is what stories are made of.
var everything = Alphabet{Methods: []string{"Auto_Selection", "Auto_Selection", "Manual_Selection", "Load_Balancing", "Load_Rotation", "External"},
	Departments: true, Queue: true, Preferred: true, Moves: true, Timers: true, Admin: true, Kills: true}

// Of how many stories those are played in which most happens, and how many. PostgreSQL
// plays every seventh: what the two of them do differently is little, and it takes longer.
const (
	invented = 800
	played   = 90
)

// some are the stories that an engine plays: as many of consecutive seeds as are asked for,
// or its part of those that tell most.
var some = map[db.Engine]func(i int) bool{
	db.PostgreSQL: func(i int) bool { return i%7 == 0 },
	db.SQLite:     func(i int) bool { return i%7 != 0 },
}

func stories(engine db.Engine, telling []Story) (all []Story) {
	for i, s := range telling {
		if *sequences > 0 || some[engine](i) {
			all = append(all, s)
		}
	}
	return all
}

func inventedStories() []Story {
	if *sequences > 0 {
		return everything.Stories(*seed, *sequences)
	}
	return Telling(everything.Stories(*seed, invented), played)
}

// Random sequences on the model and on the real thing: after each step both show the same.
func TestRandomSequences(t *testing.T) {
	telling := inventedStories()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel() // PostgreSQL is waited for, SQLite is not
			steps, failed, began, tally := 0, 0, time.Now(), Tally{}
			all := stories(engine, telling)
			for _, s := range all {
				done, err := play(t, engine, s, tally)
				steps += done
				if err != nil {
					report(t, engine, err)
					if failed++; failed >= *failures {
						return
					}
				}
			}
			took := time.Since(began)
			t.Logf("%d sequences, %d steps in %s: %s a sequence", len(all), steps, took.Round(time.Second), (took / time.Duration(len(all))).Round(time.Millisecond))
			t.Logf("what was done, and how it was answered:%s", tally)
		})
	}
}

// play plays a story on a database that is gone afterwards: rows that were deleted would
// stay, and be read over and over.
func play(t *testing.T, engine db.Engine, s Story, tally Tally) (done int, err error) {
	t.Run("story", func(t *testing.T) { done, err = Play(t.Context(), addressOf(t, engine), s, tally) })
	return done, err
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
func report(t *testing.T, engine db.Engine, err error) {
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatal(err)
	}
	last := f
	small := Shrink(f.Story, func(s Story) bool {
		_, err := play(t, engine, s, nil)
		var f *Failure
		if errors.As(err, &f) {
			last = f
		}
		return f != nil
	})
	if *keep {
		_ = os.WriteFile(filepath.Join("testdata", time.Now().Format("20060102-150405")+".txt"), []byte(small.String()), 0o644)
	}
	t.Error(last)
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
				t.Parallel()
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
