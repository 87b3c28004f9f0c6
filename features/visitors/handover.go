package visitors

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// handoverLives is how long a visitor may be on the way.
const handoverLives = time.Minute

// Sites knows the settings of the websites this server serves.
type Sites interface {
	For(ctx context.Context, site chat.SiteID) (*chat.Settings, error)
}

// HandOver gives the guest's session a code with which it goes on at another of the
// site's listed domains (livechatoo.md 10.3). Without a list no domain belongs to another.
func (s *Service) HandOver(ctx context.Context, guest chat.Actor, from, to string) (string, error) {
	v, err := s.ByID(ctx, guest.Visitor)
	if err != nil {
		return "", err
	}
	set, err := s.Sites.For(ctx, v.Site)
	if err != nil {
		return "", err
	}
	if !chat.HostListed(set.AllowedDomainsList, from) || !chat.HostListed(set.AllowedDomainsList, to) {
		return "", fault.New(fault.Forbidden, "error-domain-not-listed", "These domains do not share visitors")
	}
	code := id.Secret()
	return code, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := expireHandovers(ctx, tx); err != nil {
			return err
		}
		return insertHandover(ctx, tx, handover{id.Hash(code), v.ID, from, to})
	})
}

// TakeOver uses a code up, once, and answers with a secret of the same visitor. The domain
// that the visitor comes from is part of it: a link on somebody else's page leads nobody
// into a stranger's conversation.
func (s *Service) TakeOver(ctx context.Context, code, from, to string) (string, error) {
	secret := id.Secret()
	return secret, s.DB.InTx(ctx, func(tx *db.Tx) error {
		h, err := takeHandover(ctx, tx, id.Hash(code))
		if err == nil && (h.from != from || h.to != to) {
			err = db.ErrNoRows
		}
		if gone(err) {
			return fault.New(fault.Invalid, "error-invalid-code", "The code is not valid any more")
		} else if err != nil {
			return err
		}
		return insertSession(ctx, tx, id.Hash(secret), h.visitor)
	})
}
