package visitors

import (
	"cmp"
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// Meet makes the visitor of somebody a channel hears of for the first time. His token is a
// stand-in: only the channel can speak for him.
func (s *Service) Meet(ctx context.Context, tx *db.Tx, n chat.Newcomer) (chat.Visitor, error) {
	department := string(n.Department)
	r := Registration{Token: cmp.Or(n.Token, id.New()), Username: n.Username, Name: n.Name, Phone: n.Phone, Department: &department}
	if err := r.clean(); err != nil {
		return chat.Visitor{}, err
	}
	return s.create(ctx, tx, r, false)
}
