package model

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/test/invariants"
)

// Failure says after which step the real thing was not what it must be.
type Failure struct {
	Story Story // up to and with that step
	What  string
}

func (f *Failure) Error() string {
	return fmt.Sprintf("after the last step of\n\n%s\n%s", f.Story, f.What)
}

// Tally counts what was done and how it was answered; nil counts nothing.
type Tally map[string]int

func (t Tally) add(s Step, answer string) {
	if t != nil {
		t[strings.TrimSpace(s[0]+" "+answer)]++
	}
}

// String is a line for each.
func (t Tally) String() string {
	var b strings.Builder
	for _, what := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&b, "\n%6d %s", t[what], what)
	}
	return b.String()
}

// Play plays a story to the model and to a house on the database; a *Failure is the
// first difference. done counts the steps that were carried out. A webhook is told of
// everything.
func Play(ctx context.Context, url string, s Story, t Tally) (done int, err error) {
	h, err := OpenHouse(ctx, url)
	if err != nil {
		return 0, err
	}
	defer func() { _ = h.Close() }()
	if err := h.listen(); err != nil {
		return 0, err
	}
	m := New()
	for i, step := range s {
		expected, skipped := m.Do(step)
		if skipped {
			continue
		}
		done++
		t.add(step, expected)
		what := compare(h, step, m, expected)
		if what == "" && (done%checked == 0 || i == len(s)-1) {
			what = broken(h)
		}
		if what != "" {
			return done, &Failure{s[:i+1], what}
		}
	}
	return done, nil
}

// checked is after how many steps the invariants are looked at, which costs more than
// a step; and at the end.
const checked = 8

func broken(h *House) string {
	if what := h.misspoken(); what != "" {
		return what
	}
	found, err := invariants.Broken(h.ctx, h.inside.DB)
	if err != nil {
		return err.Error()
	}
	return strings.Join(found, "\n")
}

// compare carries the step out in the house and says what is wrong then.
func compare(h *House, step Step, m *Model, expected string) string {
	answer, err := h.Do(step, m)
	if err != nil {
		return "  failed: " + err.Error() + "\n"
	}
	if !slices.Contains(strings.Split(expected, "|"), answer) {
		return fmt.Sprintf("  expected the answer %q\n  found the answer    %q\n", expected, answer) + differ(h, m)
	}
	return differ(h, m)
}

func differ(h *House, m *Model) string {
	found, err := h.State()
	if err != nil {
		return err.Error()
	}
	return m.State().Differ(found)
}
