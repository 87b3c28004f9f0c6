package people

import (
	"context"
	"errors"
	"time"
)

// Insist repeats an act until its outcome is known: done, or refused by the server.
func Insist(ctx context.Context, act func(context.Context) error) error {
	for {
		attempt, cancel := context.WithTimeout(ctx, 10*time.Second)
		err := act(attempt)
		cancel()
		var refused *Refused
		if err == nil || errors.As(err, &refused) && refused.Status < 500 {
			return err
		}
		if wait := Sleep(ctx, 20*time.Millisecond); wait != nil {
			return errors.Join(wait, err)
		}
	}
}

// Sleep waits, unless ctx ends before.
func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
