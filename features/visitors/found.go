package visitors

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// maxFound is how many addresses, and how many numbers, a visitor has at most.
const maxFound = 50

// AddFound adds addresses and numbers that a visitor wrote to those known of him;
// nothing known is removed, what is no address or number is left out.
func (s *Service) AddFound(ctx context.Context, tx *db.Tx, id chat.VisitorID, mails, numbers []string) error {
	if err := lock(ctx, tx, id); err != nil {
		return err
	}
	if _, err := byID(ctx, tx, id); gone(err) {
		return nil
	} else if err != nil {
		return err
	}
	new := false
	for _, m := range mails {
		if m, err := cleanEmail(m); err == nil && m != "" {
			added, err := addEmail(ctx, tx, id, m)
			if err != nil {
				return err
			}
			new = new || added
		}
	}
	for _, n := range numbers {
		n = cleanText(n, maxPhone)
		if !strings.ContainsAny(n, "0123456789") {
			continue
		}
		added, err := addPhone(ctx, tx, id, n)
		if err != nil {
			return err
		}
		new = new || added
	}
	if !new {
		return nil
	}
	if err := refreshSearch(ctx, tx, id); err != nil {
		return err
	}
	return s.announce(ctx, tx, id)
}
