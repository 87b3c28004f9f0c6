package units

import "github.com/foyerchat/foyer/platform/rest"

// Rows are the endpoints of units.
func (s *Service) Rows() []rest.Endpoint { return nil }
