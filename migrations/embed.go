// Package migrations holds the database's schema as numbered files, one text for
// both engines.
package migrations

import "embed"

// Files are the migrations in goose's format.
//
//go:embed [0-9]*.sql
var Files embed.FS
