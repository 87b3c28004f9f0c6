// Package units groups departments so that monitors oversee exactly these. It takes no part in
// routing; rooms remember the unit of their department.
package units

import "github.com/foyerchat/foyer/platform/db"

// Deps is what units needs.
type Deps struct {
	DB *db.DB
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }
