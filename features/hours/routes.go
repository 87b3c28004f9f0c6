package hours

import "github.com/foyerchat/foyer/platform/rest"

// Rows are the endpoints of hours.
func (s *Service) Rows() []rest.Endpoint { return nil }
