package departments

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Belong gives a site these departments; others it had are the default site's again.
func (s *Service) Belong(ctx context.Context, tx *db.Tx, site chat.SiteID, all []chat.DepartmentID) error {
	if err := lockAll(ctx, tx); err != nil {
		return err
	}
	known, err := existing(ctx, tx, all)
	if err != nil {
		return err
	}
	if len(known) < len(all) {
		return errUnknown()
	}
	return belong(ctx, tx, site, all)
}
