package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Replay says which routing decisions to make again, and with which settings.
type Replay struct {
	From, To string // an instant (RFC 3339) or a day; To empty: now
	With     string // a file with a JSON object from the id of a setting to its value; empty: as it was
}

// ReplayDecisions makes stored routing decisions again from their own facts and
// prints what comes out otherwise. It changes nothing. With the settings of then
// any difference is an error.
func ReplayDecisions(ctx context.Context, s Storage, r Replay, out io.Writer) error {
	asked, err := r.parse()
	if err != nil {
		return err
	}
	return withDatabase(ctx, s, func(d *db.DB) error {
		t := &table{Writer: tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)}
		done, err := asked.Run(ctx, d, t.add)
		if err == nil {
			err = t.Flush()
		}
		if err != nil {
			return err
		}
		return summary(out, done, len(asked.With) > 0)
	})
}

func (r Replay) parse() (asked routing.Replay, err error) {
	if asked.From, err = instant(r.From); err != nil {
		return asked, fmt.Errorf("--from: %w", err)
	}
	asked.To = clock.System.Now() + 1
	if r.To != "" {
		if asked.To, err = instant(r.To); err != nil {
			return asked, fmt.Errorf("--to: %w", err)
		}
	}
	if asked.To <= asked.From {
		return asked, errors.New("--to must be after --from")
	}
	if r.With != "" {
		asked.With, err = readSettings(r.With)
	}
	return asked, err
}

// instant reads a day or an instant; without a zone it is UTC.
func instant(text string) (clock.Instant, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return clock.Instant(t.UnixMilli()), nil
		}
	}
	return 0, fmt.Errorf("%q is neither a day (2026-11-21) nor an instant (2026-11-21T09:30:00Z)", text)
}

func readSettings(file string) (with map[string]json.RawMessage, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &with); err != nil {
		return nil, fmt.Errorf("%s: want a JSON object from setting to value: %w", file, err)
	}
	if len(with) == 0 {
		return nil, fmt.Errorf("%s names no setting", file)
	}
	return with, nil
}

// table prints differences under a heading.
type table struct {
	*tabwriter.Writer
	begun bool
}

func (t *table) add(d routing.Difference) error {
	if !t.begun {
		t.begun = true
		fmt.Fprintln(t, "ROOM\tWHEN\tWAS\tWOULD BE\tWHY")
	}
	_, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", d.RID, time.UnixMilli(int64(d.At)).UTC().Format(time.RFC3339), d.Was, d.Would, d.Why)
	return err
}

func summary(out io.Writer, done routing.Replayed, changed bool) error {
	for _, id := range done.Ignored {
		fmt.Fprintf(out, "not replayed: what %s changes is among the facts of then\n", id)
	}
	fmt.Fprintf(out, "decisions %d, by people %d, identical %d, different %d", done.Decisions, done.ByPeople, done.Identical, done.Different)
	if changed {
		fmt.Fprintf(out, ", not known %d\n", done.Unknown)
		return nil
	}
	fmt.Fprintf(out, "\nstored    %s\nreplayed  %s\n", done.Stored, done.Now)
	if done.Different > 0 {
		return fmt.Errorf("%d of %d decisions come out otherwise", done.Different, done.Decisions)
	}
	return nil
}
