package testkit

import (
	"testing"

	"go.uber.org/goleak"
)

// NothingRunsOn fails the test when there are goroutines that were not there before, but for
// those of the pool and of connections whose query was given up: the driver waits up to 15
// seconds until the server has closed them.
func NothingRunsOn(t testing.TB, before goleak.Option) {
	t.Helper()
	goleak.VerifyNone(t, before, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"), goleak.IgnoreTopFunction("database/sql.(*DB).connectionCleaner"),
		goleak.IgnoreAnyFunction("github.com/jackc/pgx/v5/pgconn.(*PgConn).asyncClose.func1"))
}
