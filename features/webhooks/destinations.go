package webhooks

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/outbound"
)

// crmID is the destination whose address, token and events are settings.
const crmID = "crm"

// Destination is who is told, and of what.
type Destination struct {
	ID        string        `json:"_id"`
	Name      string        `json:"name"`
	URL       string        `json:"url"`
	Events    []Kind        `json:"events"`
	Enabled   bool          `json:"enabled"`
	Managed   bool          `json:"managed"`  // by settings: the CRM's
	HasToken  bool          `json:"hasToken"` // a token is sent along
	OldUntil  clock.Instant `json:"oldSecretUntil,omitzero"`
	Failures  int64         `json:"failures"` // without an answer, one after the other
	Resting   bool          `json:"resting"`  // it gave no answer too often and is tried rarely
	CreatedAt clock.Instant `json:"createdAt,omitzero"`
	UpdatedAt clock.Instant `json:"_updatedAt,omitzero"`

	token, secret, oldSecret string
	openUntil                clock.Instant
}

func (d Destination) wants(k Kind) bool {
	return d.Enabled && d.URL != "" && slices.Contains(d.Events, k)
}

// secrets sign what is sent at a moment, the present one first.
func (d Destination) secrets(now clock.Instant) []string {
	if d.oldSecret != "" && d.OldUntil > now {
		return []string{d.secret, d.oldSecret}
	}
	return []string{d.secret}
}

// destinations lists everybody who is told, the CRM as its settings say.
func (s *Service) destinations(ctx context.Context) ([]Destination, error) {
	all, err := listDestinations(ctx, s.DB)
	for i := range all {
		all[i] = s.complete(all[i])
	}
	return all, err
}

// listens reports whether the destination is told of anything.
func (s *Service) listens(d Destination) bool {
	return d.Enabled && (d.URL != "" || d.ID == crmID && s.Settings.Current().CRMAddress() != "")
}

func (s *Service) complete(d Destination) Destination {
	if d.ID == crmID {
		set := s.Settings.Current()
		d.Managed, d.URL, d.token, d.Events = true, set.CRMAddress(), set.WebhookToken, []Kind{}
		for _, k := range Kinds() {
			if chosen(set, k) {
				d.Events = append(d.Events, k)
			}
		}
	}
	d.HasToken, d.Resting = d.token != "", d.Failures >= breakAfter
	if d.OldUntil <= s.Clock.Now() {
		d.OldUntil = 0
	}
	return d
}

// Draft is what is saved of a destination; Token nil leaves it alone.
type Draft struct {
	ID      string // empty: a new one
	Name    string
	URL     string
	Token   *string
	Events  []Kind
	Enabled bool
}

// Limits of destinations.
const (
	mostDestinations = 20
	mostText255      = 255
	mostURL          = 1000
)

func errNoDestination() error {
	return fault.New(fault.NotFound, "error-webhook-not-found", "There is no such webhook")
}

func (d *Draft) fit() error {
	d.Name, d.URL = strings.TrimSpace(d.Name), strings.TrimSpace(d.URL)
	u, err := url.Parse(d.URL)
	switch {
	case d.Name == "" || utf8.RuneCountInString(d.Name) > mostText255:
		return fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("name")
	case len(d.URL) > mostURL || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return fault.New(fault.Invalid, "error-invalid-url", "An http or https address is needed").At("url")
	case d.Token != nil && (len(*d.Token) > mostURL || strings.ContainsFunc(*d.Token, func(r rune) bool { return r < ' ' || r > '~' })):
		return fault.New(fault.Invalid, "error-invalid-token", "The token must be printable ASCII").At("token")
	}
	for _, k := range d.Events {
		if !slices.Contains(Kinds(), k) {
			return fault.New(fault.Invalid, "error-invalid-event", "There is no such event").At("events")
		}
	}
	slices.Sort(d.Events)
	d.Events = slices.Compact(d.Events)
	return nil
}

// Save makes or changes a destination; the CRM's is changed by its settings.
func (s *Service) Save(ctx context.Context, d Draft) (saved Destination, err error) {
	if err := d.fit(); err != nil {
		return saved, err
	}
	if d.ID == crmID {
		return saved, fault.New(fault.Invalid, "error-webhook-managed", "The CRM's webhook is changed in the settings")
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if saved, err = s.save(ctx, tx, d); err != nil {
			return err
		}
		if saved, err = findDestination(ctx, tx, saved.ID); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.WebhooksChanged{})
	})
	s.Forget()
	return s.complete(saved), err
}

func (s *Service) save(ctx context.Context, tx *db.Tx, d Draft) (Destination, error) {
	next := Destination{ID: id.New(), secret: newSecret()}
	if d.ID != "" {
		found, err := findDestination(ctx, tx, d.ID)
		if errors.Is(err, db.ErrNoRows) {
			return next, errNoDestination()
		} else if err != nil {
			return next, err
		}
		next = found
	}
	next.Name, next.URL, next.Events, next.Enabled = d.Name, d.URL, d.Events, d.Enabled
	if next.Events == nil {
		next.Events = []Kind{}
	}
	if d.Token != nil && *d.Token != chat.SecretMask {
		next.token = *d.Token
	}
	if d.ID != "" {
		return next, updateDestination(ctx, tx, next)
	}
	if _, err := tx.Next(ctx, "webhook-destinations"); err != nil { // two new ones wait for each other
		return next, err
	}
	if all, err := listDestinations(ctx, tx); err != nil {
		return next, err
	} else if len(all) > mostDestinations {
		return next, fault.New(fault.Invalid, "error-too-many-webhooks", "There are too many webhooks")
	}
	return next, insertDestination(ctx, tx, next)
}

// Remove forgets a destination and what was and would be sent to it.
func (s *Service) Remove(ctx context.Context, id string) error {
	if id == crmID {
		return fault.New(fault.Invalid, "error-webhook-managed", "The CRM's webhook is switched off in the settings")
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		found, err := deleteDestination(ctx, tx, id)
		if err == nil && !found {
			return errNoDestination()
		} else if err != nil {
			return err
		}
		return tx.Emit(ctx, chat.WebhooksChanged{})
	})
	s.Forget()
	return err
}

// overlap is how long a replaced signing secret still signs.
const overlap = 24 * time.Hour

// Secret shows a destination's signing secret.
func (s *Service) Secret(ctx context.Context, id string) (string, error) {
	d, err := s.find(ctx, id)
	return d.secret, err
}

// Rotate gives a destination a new signing secret; for a day both sign.
func (s *Service) Rotate(ctx context.Context, id string) (secret string, err error) {
	secret = newSecret()
	return secret, s.DB.InTx(ctx, func(tx *db.Tx) error {
		found, err := rotate(ctx, tx, id, secret, tx.Now().Add(overlap))
		if err == nil && !found {
			return errNoDestination()
		}
		return err
	})
}

func (s *Service) find(ctx context.Context, id string) (Destination, error) {
	d, err := findDestination(ctx, s.DB, id)
	if errors.Is(err, db.ErrNoRows) {
		return d, errNoDestination()
	}
	return s.complete(d), err
}

// Test sends a sample once; the attempt is how it went (webhooks.md 1.14).
func (s *Service) Test(ctx context.Context, destination string) (Attempt, error) {
	d, err := s.find(ctx, destination)
	if err != nil {
		return Attempt{}, err
	}
	if d.URL == "" {
		return Attempt{}, fault.New(fault.Invalid, "Webhook_URL_not_set", "The webhook has no address")
	}
	body, err := json.Marshal(s.sample())
	if err != nil {
		return Attempt{}, err
	}
	r := s.request(d, id.New(), 1, string(body))
	r.Header["Accept"] = []string{"application/json"}
	begun := s.Clock.Now()
	res, err := s.Outbound.Do(ctx, r)
	return Attempt{Number: 1, At: begun, Duration: s.Clock.Now().Sub(begun).Milliseconds(), Status: res.Status,
		Error: string(outbound.CodeOf(err)), Answer: printable(res.Body, loggedBytes)}, nil
}
