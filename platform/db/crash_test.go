package db_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

const (
	childVariable = "FOYER_TEST_CHILD" // the database a child process of this test writes to
	killAfter     = 3000               // acknowledged writes
)

func TestMain(m *testing.M) {
	if url := os.Getenv(childVariable); url != "" {
		writeUntilKilled(url)
	}
	os.Exit(m.Run())
}

// writeUntilKilled prints a transaction's name once it is acknowledged, and
// makes every fourth one fail after it has written.
func writeUntilKilled(url string) {
	d, err := db.Open(ctx, url, db.Options{})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for w := range 16 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d", w, i)
				err := d.InTx(ctx, func(tx *db.Tx) error {
					if err := severalWrites(ctx, tx, name); err != nil || i%4 > 0 {
						return err
					}
					return errNo
				})
				if err == nil {
					os.Stdout.WriteString(name + "\n") // one write: lines do not mix
				}
			}
		}()
	}
	select {}
}

// kill -9 in the middle of group commits: everything acknowledged is there,
// nothing is there by half, nothing that failed is there.
func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.URL(t, engine)
			acknowledged := killWhileWriting(t, url)
			d := testkit.OpenURL(t, url)
			stored := map[string]int{}
			names, err := db.All(t.Context(), d, text, `SELECT name FROM counters`)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				stored[strings.Split(name, "/")[0]]++
			}
			for _, name := range acknowledged {
				if stored[name] != 3 {
					t.Errorf("%s was acknowledged; %d of 3 rows are there", name, stored[name])
				}
			}
			for name, n := range stored {
				var w, i int
				if fmt.Sscanf(name, "%d-%d", &w, &i); n != 3 || i%4 == 0 {
					t.Errorf("%s has %d rows", name, n)
				}
			}
			t.Logf("%d acknowledged, %d stored", len(acknowledged), len(stored))
			inTx(t, d, func(tx *db.Tx) error { return set(tx, "after", 1) })
		})
	}
}

func killWhileWriting(t *testing.T, url string) (acknowledged []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+url)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Error(lines.Text())
		}
		acknowledged = append(acknowledged, lines.Text())
		if len(acknowledged) == killAfter {
			child.Process.Kill()
		}
	}
	child.Wait()
	return acknowledged
}
