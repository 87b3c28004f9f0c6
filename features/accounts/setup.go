package accounts

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// setupLife is how long a set-up link works; a restart makes a new one.
const setupLife = 7 * 24 * time.Hour

var errSetup = fault.New(fault.Invalid, "error-setup-link", "This set-up link has been used or is too old; restart the server for a new one")

// NeedsSetup reports whether nobody can sign in yet: there is no user but bots.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	n, err := countPeople(ctx, s.DB)
	return n == 0, err
}

// SetupTicket makes the secret of a set-up link.
func (s *Service) SetupTicket(ctx context.Context) (string, error) {
	secret := id.Secret()
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		return insertTicket(ctx, tx, id.Hash(secret), ticket{kind: ticketSetup, expires: tx.Now().Add(setupLife)})
	})
	return secret, err
}

// CheckSetup refuses a set-up ticket that would not work.
func (s *Service) CheckSetup(ctx context.Context, secret string) error {
	good, err := ticketIsGood(ctx, s.DB, s.Clock.Now(), ticketSetup, id.Hash(secret))
	if err == nil && !good {
		return errSetup
	}
	return err
}

// Setup is the first administrator's order.
type Setup struct {
	Ticket string
	Admin  NewUser
	// GrantAgents lets agents forward chats and send transcripts (permissions.md 7.1).
	GrantAgents bool
	From        Origin
}

// firstAdmin is what a person who sets the server up is: he can answer chats at once.
var firstAdmin = []string{chat.RoleAdmin, chat.RoleAgent, chat.RoleManager}

// FinishSetup makes the first administrator and signs him in. Of many who try,
// with one link or several, one wins.
func (s *Service) FinishSetup(ctx context.Context, o Setup) (SignedIn, error) {
	if err := s.CheckSetup(ctx, o.Ticket); err != nil {
		return SignedIn{}, err // before any hashing: the endpoint is public
	}
	o.Admin.Roles, o.Admin.Verified = firstAdmin, true
	hash, err := s.prepare(ctx, &o.Admin)
	if err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := s.claimSetup(ctx, tx, o.Ticket); err != nil {
			return err
		}
		if in, err = s.createFirst(ctx, tx, o, hash); err != nil {
			return err
		}
		if o.GrantAgents {
			return grantAgents(ctx, tx)
		}
		return nil
	})
	s.ForgetPermissions()
	return in, err
}

func (s *Service) createFirst(ctx context.Context, tx *db.Tx, o Setup, hash string) (SignedIn, error) {
	u, err := s.create(ctx, tx, o.Admin, hash)
	if err != nil {
		return SignedIn{}, err
	}
	return s.beginIn(ctx, tx, u.ID, o.From)
}

// claimSetup uses the ticket up. The counter makes the holders of several links
// wait for each other; the second finds somebody there.
func (s *Service) claimSetup(ctx context.Context, tx *db.Tx, secret string) error {
	if _, err := tx.Next(ctx, "accounts.setups"); err != nil {
		return err
	}
	if _, err := useTicket(ctx, tx, ticketSetup, id.Hash(secret)); errors.Is(err, db.ErrNoRows) {
		return errSetup
	} else if err != nil {
		return err
	}
	people, err := countPeople(ctx, tx)
	if err == nil && people > 0 {
		err = errSetup
	}
	if err != nil {
		return err
	}
	return deleteTickets(ctx, tx, ticketSetup)
}

// GrantAgents lets agents forward chats and send transcripts (permissions.md 7.1).
func (s *Service) GrantAgents(ctx context.Context) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error { return grantAgents(ctx, tx) })
	s.ForgetPermissions()
	return err
}

// grantAgents adds the agents to two everyday permissions they lack by default.
func grantAgents(ctx context.Context, tx *db.Tx) error {
	table, err := listGrants(ctx, tx)
	if err != nil {
		return err
	}
	for _, g := range table {
		wanted := g.ID == chat.TransferLivechatGuest || g.ID == chat.SendOmnichannelChatTranscript
		if !wanted || slices.Contains(g.Roles, chat.RoleAgent) {
			continue
		}
		g.Roles = append(g.Roles, chat.RoleAgent)
		if _, err := updateGrant(ctx, tx, g); err != nil {
			return err
		}
	}
	return tx.Emit(ctx, chat.PermissionsChanged{})
}

// CreateFirst makes the administrator that the configuration names, if nobody is
// there yet; of several nodes starting at once one does.
func (s *Service) CreateFirst(ctx context.Context, admin NewUser) (created bool, err error) {
	admin.Roles, admin.Verified = []string{chat.RoleAdmin}, true
	hash, err := s.prepare(ctx, &admin)
	if err != nil {
		return false, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Next(ctx, "accounts.setups"); err != nil {
			return err
		}
		people, err := countPeople(ctx, tx)
		if created = err == nil && people == 0; !created {
			return err
		}
		_, err = s.create(ctx, tx, admin, hash)
		return err
	})
	return created && err == nil, err
}
