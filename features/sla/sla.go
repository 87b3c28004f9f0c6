// Package sla keeps the five priorities and the SLA policies: what orders the queue besides
// age. Rooms and inquiries carry copies of both.
package sla

import "github.com/foyerchat/foyer/platform/db"

// Deps is what sla needs.
type Deps struct {
	DB *db.DB
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }
