package triggers

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// FactKind says what happened on a visit.
type FactKind string

// What can happen. The last ones say with Yes whether it is so from now on.
const (
	FactPage       FactKind = "page"       // the page has this address now
	FactOpened     FactKind = "opened"     // the visitor opened the widget
	FactRegistered FactKind = "registered" // the visitor sent the form, or asked for a new chat
	FactKnown      FactKind = "known"      // the visitor was registered before
	FactOnline     FactKind = "online"     // somebody would answer
	FactChatting   FactKind = "chatting"   // a chat is open
)

// Fact is one thing that happened; the engine judges triggers by them alone.
type Fact struct {
	At      clock.Instant `json:"at" required:"true"`
	Is      FactKind      `json:"is" required:"true" enum:"page,opened,registered,known,online,chatting"`
	Address string        `json:"address,omitempty" maxLength:"2000"`
	Yes     bool          `json:"yes,omitempty"`
}

// FactKinds lists what can happen.
func FactKinds() []FactKind {
	return []FactKind{FactPage, FactOpened, FactRegistered, FactKnown, FactOnline, FactChatting}
}

// Visit is one page load of a visitor who has acted.
type Visit struct {
	ID        string              `json:"_id"`
	Site      chat.SiteID         `json:"site"`
	Facts     []Fact              `json:"facts"`
	Ledger    []chat.TriggerEntry `json:"ledger"`
	BeganAt   clock.Instant       `json:"beganAt"`
	UpdatedAt clock.Instant       `json:"_updatedAt"`

	visitor chat.VisitorID
}

// Period is a stretch of time whose visits are wanted.
type Period struct {
	From, To clock.Instant
	Site     chat.SiteID // none: of every site
	Offset   int64
	Limit    int64
}

const (
	visitsKept = 20 // of one visitor
	day        = 24 * time.Hour
)

// Told stores what a visitor's browser tells of its visit: all of it each time, so that
// a repeat is harmless. Its clock is not trusted: a visit cannot begin in the future.
func (s *Service) Told(ctx context.Context, by chat.Actor, v Visit) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, e := range v.Ledger {
			if e.Reason != chat.TriggerFired {
				continue
			}
			if err := met(ctx, tx, by.Visitor, e.Trigger); err != nil {
				return err
			}
		}
		if s.Settings.Current().TriggerVisitDays == 0 {
			return nil
		}
		v.visitor, v.UpdatedAt, v.BeganAt = by.Visitor, tx.Now(), began(v.Facts, tx.Now())
		if err := writeVisit(ctx, tx, v); err != nil {
			return err
		}
		if err := dropOldest(ctx, tx, by.Visitor, visitsKept); err != nil {
			return err
		}
		if err := tx.Emit(ctx, chat.VisitorsMoved{}); err != nil {
			return err
		}
		rooms, err := openRoom(ctx, tx, by.Visitor)
		if err != nil || len(rooms) == 0 {
			return err
		}
		return tx.Emit(ctx, chat.TriggersJudged{Room: rooms[0]})
	})
}

func began(facts []Fact, now clock.Instant) clock.Instant {
	if len(facts) == 0 || facts[0].At > now {
		return now
	}
	return facts[0].At
}

// Ledger is what triggers did on the latest visits of somebody. Whoever may see him reads
// the triggers' names and reasons; what they wait for and say is for who manages them.
type Ledger struct {
	Visits []Visit           `json:"visits"`
	Names  map[string]string `json:"names" doc:"Of the triggers in it; one that is gone has none."`
}

// Ledger is that of a room's visitor, for who may see the room.
func (s *Service) Ledger(ctx context.Context, by chat.Actor, rid chat.RoomID) (Ledger, error) {
	r, _, err := s.Sight.Visible(ctx, by, rid)
	if err != nil {
		return Ledger{}, err
	}
	visits, err := visitsOf(ctx, s.DB, r.V.ID, 0)
	if err != nil {
		return Ledger{}, err
	}
	return s.ledger(ctx, visits)
}

// LedgerOnsite is that of somebody on a site since he came, for who may see him there: of his
// visits, or where none is kept, as before he acts, what his browser told last.
func (s *Service) LedgerOnsite(ctx context.Context, by chat.Actor, sighting string) (Ledger, error) {
	v, since, err := s.Onsite.Visitor(ctx, by, sighting)
	if err != nil {
		return Ledger{}, err
	}
	visits, err := visitsOf(ctx, s.DB, v, since)
	if err == nil && len(visits) == 0 {
		visits, err = liveVisits(ctx, s.DB, sighting)
	}
	if err != nil {
		return Ledger{}, err
	}
	return s.ledger(ctx, visits)
}

func (s *Service) ledger(ctx context.Context, visits []Visit) (l Ledger, err error) {
	l.Visits = visits
	all, err := names(ctx, s.DB)
	l.Names = map[string]string{}
	for _, visit := range l.Visits {
		for _, e := range visit.Ledger {
			if name := all[e.Trigger]; name != "" {
				l.Names[string(e.Trigger)] = name
			}
		}
	}
	return l, err
}

// Visits lists the visits of a period without saying whose they are.
func (s *Service) Visits(ctx context.Context, p Period) ([]Visit, int64, error) {
	return visitsBetween(ctx, s.DB, p)
}
