//go:build !unix

package db

import "context"

// lockFolder does nothing where folders cannot be locked: there one process at a
// time must migrate.
func lockFolder(context.Context, string) (unlock func(), err error) { return func() {}, nil }
