package app

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/accounts"
)

// welcome says where the server is and, at the first start, how to get in.
func (a *App) welcome(ctx context.Context) error {
	defer debug.FreeOSMemory() // hashing passwords takes much, and the next may be far away
	fmt.Fprintf(a.options.Out, "Foyer %s listens on %s\n", a.options.Version, a.URL())
	if a.config.Demo {
		if err := a.demo(ctx); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	needed, err := a.features.accounts.NeedsSetup(ctx)
	if err != nil || !needed {
		return err
	}
	if a.config.Admin.Username != "" {
		return a.firstAdmin(ctx)
	}
	secret, err := a.features.accounts.SetupTicket(ctx)
	if err != nil {
		return err
	}
	// In the fragment: browsers never send it, so it stands in nobody's access log.
	fmt.Fprintf(a.options.Out, "\n  Nobody can sign in yet. This link makes the first administrator, once:\n\n  %s/console/setup#ticket=%s\n\n", a.address(), secret)
	return nil
}

func (a *App) firstAdmin(ctx context.Context) error {
	c := a.config.Admin
	created, err := a.features.accounts.CreateFirst(ctx, accounts.NewUser{ID: chat.UserID(c.ID), Username: c.Username,
		Name: c.Name, Email: c.Email, Digest: accounts.DigestOf(c.Password)})
	if err != nil {
		return fmt.Errorf("first administrator: %w", err)
	}
	if created {
		a.log.Info("made the first administrator", "username", c.Username)
	}
	return nil
}
