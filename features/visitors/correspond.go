package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// Correspond is the visitor who writes mails from an address: the known one, else a new
// one, in the inbox's department. An address is only claimed, by a mail as by a page, so
// it never leads to the visitor of a page: his browser would show him the mails.
func (s *Service) Correspond(ctx context.Context, tx *db.Tx, c chat.Correspondent) (chat.Visitor, error) {
	department := string(c.Department)
	r := Registration{Token: id.New(), Site: c.Site, Name: c.Name, Email: c.Address, Department: &department, ByStaff: true}
	if err := r.clean(); err != nil {
		return chat.Visitor{}, err
	}
	if c.Known == "" {
		return s.create(ctx, tx, r, false)
	}
	defer s.guests.drop(c.Known)
	if err := lock(ctx, tx, c.Known); err != nil {
		return chat.Visitor{}, err
	}
	v, err := byID(ctx, tx, c.Known)
	if err != nil {
		return v, err
	}
	return s.update(ctx, tx, v, Registration{Department: &department, ByStaff: true})
}
