package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Correct changes what staff knows better about a visitor; what is nil stays, an empty
// address or number removes the stored one, a name cannot be removed. What does not
// differ is not announced; changed tells.
func (s *Service) Correct(ctx context.Context, tx *db.Tx, id chat.VisitorID, c chat.Correction) (changed bool, err error) {
	v, err := byID(ctx, tx, id)
	if gone(err) {
		return false, fault.New(fault.Invalid, "error-invalid-visitor", "Invalid visitor")
	} else if err != nil {
		return false, err
	}
	next := v
	if c.Name != nil && cleanText(*c.Name, maxName) != "" {
		next.Name = cleanText(*c.Name, maxName)
	}
	if c.Email != nil {
		address, err := cleanEmail(*c.Email)
		if err != nil {
			return false, err
		}
		next.VisitorEmails = emails(address)
	}
	if c.Phone != nil {
		next.Phone = phones(cleanText(*c.Phone, maxPhone))
	}
	if next.LivechatData, err = s.filled(ctx, tx, v.LivechatData, Registration{Fields: c.Writes(), Trusted: true}); err != nil {
		return false, err
	}
	if same(v, next) {
		return false, nil
	}
	next.UpdatedAt = tx.Now()
	if err := save(ctx, tx, next); err != nil {
		return false, err
	}
	if err := dropAddresses(ctx, tx, next); err != nil {
		return false, err
	}
	return true, s.announce(ctx, tx, id)
}

// Settle notes the department a visitor chose, or was brought to instead of it.
func (s *Service) Settle(ctx context.Context, tx *db.Tx, id chat.VisitorID, d chat.DepartmentID) error {
	return setDepartment(ctx, tx, id, d)
}
