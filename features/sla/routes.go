package sla

import "github.com/foyerchat/foyer/platform/rest"

// Rows are the endpoints of sla.
func (s *Service) Rows() []rest.Endpoint { return nil }
