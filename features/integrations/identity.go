package integrations

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/seal"
)

// The question to the site who somebody is (webhooks.md 10).
const (
	jobIdentity    = "integrations.identity"
	identityBytes  = 4 << 10
	identityUsual  = 5 * time.Second
	checksRecorded = 20 // of one room
)

// Claim keeps what the page says about the guest of an open room, and asks the site
// about it. The same again asks nothing; without an address nothing is kept.
func (s *Service) Claim(ctx context.Context, guest chat.Actor, rid chat.RoomID, custom string) error {
	r, _, err := s.Rooms.Visible(ctx, guest, rid)
	if err != nil {
		return err
	}
	if !r.Open || custom == "" || s.Settings.Current().IdentityURL == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		known, err := s.claimed(ctx, tx, rid)
		if err != nil && !errors.Is(err, db.ErrNoRows) || err == nil && known == custom {
			return err
		}
		sealed, err := seal.Seal(*s.key.Load(), custom)
		if err != nil {
			return err
		}
		if kept, err := keepClaim(ctx, tx, rid, sealed); err != nil || !kept {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: jobIdentity, Key: string(rid)})
	})
}

// claimed is what the page said; db.ErrNoRows: nothing.
func (s *Service) claimed(ctx context.Context, q db.Querier, rid chat.RoomID) (string, error) {
	sealed, err := findClaim(ctx, q, rid)
	if err != nil {
		return "", err
	}
	custom, err := seal.Open(*s.key.Load(), sealed)
	if err != nil { // of another server's key: worth nothing
		return "", db.ErrNoRows
	}
	return custom, nil
}

// Verify asks the site again; an agent's button.
func (s *Service) Verify(ctx context.Context, a chat.Actor, rid chat.RoomID) (Check, error) {
	if _, _, err := s.Rooms.Visible(ctx, a, rid); err != nil {
		return Check{}, err
	}
	c, err := s.ask(ctx, rid, a.Username)
	if errors.Is(err, db.ErrNoRows) {
		err = fault.New(fault.Invalid, "error-no-identity-claim", "The page says nothing about this visitor")
	}
	return c, err
}

// Identity is what the site said about a room's visitor, the latest first, and whether
// it can be asked again.
func (s *Service) Identity(ctx context.Context, a chat.Actor, rid chat.RoomID) (checks []Check, may bool, err error) {
	if _, _, err := s.Rooms.Visible(ctx, a, rid); err != nil {
		return nil, false, err
	}
	if checks, err = listChecks(ctx, s.DB, rid); err != nil {
		return nil, false, err
	}
	_, err = findClaim(ctx, s.DB, rid)
	if errors.Is(err, db.ErrNoRows) {
		return checks, false, nil
	}
	return checks, s.Settings.Current().IdentityURL != "", err
}

// ask asks the site and keeps what it says; db.ErrNoRows: there is nothing to ask.
func (s *Service) ask(ctx context.Context, rid chat.RoomID, by string) (Check, error) {
	set := s.Settings.Current()
	if set.IdentityURL == "" {
		return Check{}, db.ErrNoRows
	}
	custom, err := s.claimed(ctx, s.DB, rid)
	if err != nil {
		return Check{}, err
	}
	token, err := visitorToken(ctx, s.DB, rid)
	if err != nil {
		return Check{}, err
	}
	r, err := question{custom, token, rid}.request(set)
	if err != nil {
		return Check{}, err
	}
	res, err := s.Outbound.Do(ctx, r)
	if outbound.CodeOf(err) == outbound.Cancelled {
		return Check{}, err
	}
	c := read(res, outbound.CodeOf(err))
	c.ID, c.By, c.At = id.New(), by, s.Clock.Now()
	return c, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := insertCheck(ctx, tx, rid, c); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.IdentityChecked{RID: rid, Email: c.signedInAs()})
	})
}

// question is what the site is asked.
type question struct {
	custom, token string
	rid           chat.RoomID
}

func (q question) request(set *chat.Settings) (outbound.Request, error) {
	r := outbound.Request{Method: "POST", URL: set.IdentityURL, Timeout: identityTimeout(set), MaxBody: identityBytes, Cut: true}
	kind := "application/json"
	if set.IdentityFormat == "form" {
		kind = "application/x-www-form-urlencoded"
		r.Body = []byte(url.Values{"custom": {q.custom}, "visitorToken": {q.token}, "rid": {string(q.rid)}}.Encode())
	} else {
		var err error
		if r.Body, err = json.Marshal(map[string]string{"custom": q.custom, "visitorToken": q.token, "rid": string(q.rid)}); err != nil {
			return r, err
		}
	}
	r.Header = map[string][]string{"Content-Type": {kind}}
	if set.WebhookToken != "" {
		r.Header["X-Rocketchat-Livechat-Token"] = []string{set.WebhookToken}
	}
	return r, nil
}

func identityTimeout(set *chat.Settings) time.Duration {
	if set.IdentityTimeoutMillis <= 0 {
		return identityUsual
	}
	return time.Duration(set.IdentityTimeoutMillis) * time.Millisecond
}

// read is what an answer, or none, says.
func read(res outbound.Response, code outbound.Code) Check {
	switch {
	case code != "":
		return Check{Reason: string(code)}
	case res.Status != 200:
		return Check{Reason: "status-" + strconv.Itoa(res.Status)}
	}
	return parseAnswer(res.Header.Get("Content-Type"), res.Body)
}
