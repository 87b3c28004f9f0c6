package tags

import "github.com/foyerchat/foyer/platform/rest"

// Rows are the endpoints of tags.
func (s *Service) Rows() []rest.Endpoint { return nil }
