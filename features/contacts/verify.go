package contacts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Proof is the address or number that is known to be its writer's.
type Proof struct {
	Field string // email or phone
	Value string
}

// The fields of a Proof.
const (
	proofEmail = "email"
	proofPhone = "phone"
)

// normal is a proof as it is kept and compared: letter case aside.
func (p Proof) normal() (Proof, error) {
	if p.Field == proofPhone {
		if p.Value = line(p.Value, 50); p.Value == "" {
			return p, fault.New(fault.Invalid, "error-invalid-phone", "A telephone number is needed").At("value")
		}
		return p, nil
	}
	all, err := emails([]string{strings.ToLower(p.Value)})
	if err != nil {
		return p, err
	}
	p.Value = all[0]
	return p, nil
}

// Verify notes that whoever writes on a channel is proven to have an address or number:
// every other contact with a channel of that source that is verified by the same becomes
// part of this one (lifecycle 15.3, 15.4).
func (s *Service) Verify(ctx context.Context, a Association, p Proof) (c Contact, err error) {
	if p, err = p.normal(); err != nil {
		return c, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err = s.verify(ctx, tx, a, p)
		return err
	})
	return c, err
}

func (s *Service) verify(ctx context.Context, tx *db.Tx, a Association, p Proof) (c Contact, err error) {
	if _, err := tx.Next(ctx, "verified-channels"); err != nil { // of two at once the second sees the first
		return c, err
	}
	id, err := s.mark(ctx, tx, a, &p)
	if err != nil {
		return c, err
	}
	others, err := verifiedBy(ctx, tx, a.Source, p, id)
	if err != nil {
		return c, err
	}
	if err := lockAll(ctx, tx, append(slices.Clone(others), id)); err != nil {
		return c, err
	}
	for _, from := range others {
		if err := s.combine(ctx, tx, id, from); err != nil {
			return c, err
		}
	}
	if c, err = hold(ctx, tx, id); err != nil {
		return c, err
	}
	c.Unknown = false
	if p.Field == proofPhone {
		c.Phones = with(c.Phones, p.Value)
	} else {
		c.Emails = with(c.Emails, p.Value)
	}
	if err := s.save(ctx, tx, c); err != nil {
		return c, err
	}
	return c, tx.Emit(ctx, chat.ChannelVerified{Visitor: a.VisitorID, Source: a.Source.Type, SourceID: a.Source.ID, At: tx.Now()})
}

// verifies reports whether somebody verifies channels before a chat (lifecycle 15.2).
func (s *Service) verifies() bool {
	switch now := s.Settings.Current(); now.ContactVerifier {
	case chat.VerifierManual:
		return true
	case chat.VerifierIdentity:
		return now.IdentityURL != ""
	}
	return false
}

// Awaits reports whether a room has to wait until its channel is verified: while somebody
// verifies, anew for each chat, or if it is not verified yet and that is required or
// others are not served (lifecycle 15.2).
func (s *Service) Awaits(ctx context.Context, q db.Querier, r chat.Room) (bool, error) {
	now := s.Settings.Current()
	switch {
	case !s.verifies() || now.RequireVerification == chat.VerifyNever && !now.BlockUnverifiedContacts:
		return false, nil
	case now.RequireVerification == chat.VerifyAlways:
		return true, nil
	}
	verified, err := isVerified(ctx, q, r)
	return !verified, err
}

// Unverify takes that back; what was merged stays.
func (s *Service) Unverify(ctx context.Context, a Association) (c Contact, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		id, err := s.mark(ctx, tx, a, nil)
		if err != nil {
			return err
		}
		if c, err = hold(ctx, tx, id); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.ContactChanged{Contact: id})
	})
	return c, err
}

// mark sets or clears the proof of a channel and says whose it is.
func (s *Service) mark(ctx context.Context, tx *db.Tx, a Association, p *Proof) (chat.ContactID, error) {
	id, _, err := contactOf(ctx, tx, a.VisitorID)
	if errors.Is(err, db.ErrNoRows) {
		return "", errUnknown()
	} else if err != nil {
		return "", err
	}
	found, err := setProof(ctx, tx, a, p)
	if err == nil && !found {
		err = errNoChannel()
	}
	return id, err
}

// onIdentityChecked verifies the channel of a chat whose site says that its visitor is
// signed in under an address (LT-SEC-3), unless only people verify.
func (s *Service) onIdentityChecked(ctx context.Context, _ string, e chat.IdentityChecked) error {
	if e.Email == "" || s.Settings.Current().ContactVerifier == chat.VerifierManual {
		return nil
	}
	a, err := channelOfRoom(ctx, s.DB, e.RID)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	_, err = s.Verify(ctx, a, Proof{proofEmail, e.Email})
	if _, said := fault.Of(err); said { // no address, or the visitor is gone: nothing is proven
		return nil
	}
	return err
}
