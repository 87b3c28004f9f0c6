// Package hours keeps business hours and opens and closes agents by them. The calendar is
// pure: a schedule and an instant in, open or not and the next change out.
package hours

import "github.com/foyerchat/foyer/platform/db"

// Deps is what hours needs.
type Deps struct {
	DB *db.DB
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }
