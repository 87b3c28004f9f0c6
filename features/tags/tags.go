// Package tags keeps the tags that people put on conversations. A room stores the names, so
// renaming or deleting a tag changes no conversation.
package tags

import "github.com/foyerchat/foyer/platform/db"

// Deps is what tags needs.
type Deps struct {
	DB *db.DB
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }
