package db

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

const (
	firstWait = 5 * time.Millisecond
	longWait  = 320 * time.Millisecond
	waits     = 20 // about five seconds
)

// patiently runs again what failed because the PostgreSQL server had no
// connection to give: other nodes and commands share it, and by the next try one
// of theirs or of ours may be free. Nothing was done by a try that failed so.
// relieve gives back what this process keeps without using it.
func patiently(ctx context.Context, relieve func(), try func() error) error {
	wait := firstWait
	for range waits {
		if err := try(); !noConnectionLeft(err) {
			return err
		}
		relieve()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-clock.System.After(wait): // how long a server is full follows nobody's clock
		}
		wait = min(2*wait, longWait)
	}
	err := try()
	if noConnectionLeft(err) {
		return errNoConnection
	}
	return err
}

var errNoConnection = fault.New(fault.Unavailable, "error-database-busy", "The database has no connection to spare. Please try again")

// noConnectionLeft reports that the server refuses connections for now: too many, or starting up.
func noConnectionLeft(err error) bool {
	code := postgresCode(err)
	return code == "53300" || code == "57P03"
}
