package accounts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// used is how much there is of what licences limit.
type used struct{ contacts, users int64 }

func usage(ctx context.Context, q db.Querier, month string) (u used, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE((SELECT value FROM counters WHERE name = $1), 0), (SELECT count(*) FROM users WHERE active AND type = 'user')`,
		chat.ActiveContacts(month)).Scan(&u.contacts, &u.users)
	return u, err
}
