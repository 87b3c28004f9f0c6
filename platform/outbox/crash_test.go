package outbox_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

const childVariable = "FOYER_TEST_CHILD" // the database a child process of this test uses

func TestMain(m *testing.M) {
	if url := os.Getenv(childVariable); url != "" {
		fmt.Println("error", emitAndHang(url))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// emitAndHang emits five events and says so when its consumer has the first,
// with which it never ends.
func emitAndHang(url string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, url, db.Options{})
	if err != nil {
		return err
	}
	r := outbox.New(d, clock.System, quiet())
	r.Consume(outbox.On("a", func(context.Context, string, said) error {
		fmt.Println("begun")
		select {}
	}))
	go r.Run(ctx)
	err = d.InTx(ctx, func(tx *db.Tx) error {
		for n := range 5 {
			if err := tx.Emit(ctx, said{"lobby", n}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	select {}
}

// kill -9 between the commit and the delivery: the next process delivers.
func TestEventsSurviveAKill(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			url := testkit.URL(t, engine)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childVariable+"="+url)
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			var word string
			fmt.Fscan(out, &word)
			child.Process.Kill()
			child.Wait()
			if word != "begun" {
				t.Fatalf("the child said %q", word)
			}
			d := testkit.OpenURL(t, url)
			l := newLog()
			began := clock.System.Now()
			r, _ := start(t, d, recorder(l, "a"))
			l.wait(t, 5)
			if took := clock.System.Now().Sub(began); took.Seconds() > 5 {
				t.Errorf("took %v", took)
			}
			for n, got := range l.all() {
				if got != fmt.Sprintf("a lobby %d", n) {
					t.Errorf("%d: %s", n, got)
				}
			}
			if err := r.Idle(t.Context()); err != nil || rows(t, d) != 0 {
				t.Error(rows(t, d), err)
			}
		})
	}
}
