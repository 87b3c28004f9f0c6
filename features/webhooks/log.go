package webhooks

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// State is what became of a delivery.
type State string

// The states. Dead was tried for the last time; dropped lost its address.
const (
	Pending State = "pending"
	Sent    State = "sent"
	Dead    State = "dead"
	Dropped State = "dropped"
)

// Event is something to be told, as it was then.
type Event struct {
	ID, Type, Body string
	Kind           Kind
	Room           chat.RoomID
	At             clock.Instant

	source  string
	place   int64 // among what is told of the room
	visitor chat.VisitorID
}

// Attempt is one request and its answer; Status 0 is none, Error says why.
type Attempt struct {
	Number   int64         `json:"attempt"`
	At       clock.Instant `json:"at"`
	Duration int64         `json:"duration" doc:"Milliseconds."`
	Status   int           `json:"status" doc:"0: no answer."`
	Error    string        `json:"error,omitempty" doc:"Why there is no answer."`
	Answer   string        `json:"answer,omitempty" doc:"The beginning of the answer."`
}

// Delivery is an event on its way to a destination.
type Delivery struct {
	ID          string        `json:"_id"`
	Destination string        `json:"destination"`
	Name        string        `json:"destinationName"`
	Kind        Kind          `json:"kind"`
	Type        string        `json:"type"`
	Room        chat.RoomID   `json:"rid"`
	State       State         `json:"state"`
	Attempts    int64         `json:"attempts"`
	Status      int           `json:"status"`
	Error       string        `json:"error,omitempty"`
	CreatedAt   clock.Instant `json:"createdAt"`
	DueAt       clock.Instant `json:"dueAt,omitzero"`
	DoneAt      clock.Instant `json:"doneAt,omitzero"`
}

// Filter chooses deliveries; what is empty chooses all.
type Filter struct {
	IDs         []string
	Destination string
	Kind        Kind
	State       State
	Room        chat.RoomID
	Text        string // part of a body or an answer, case-insensitive
	From, To    clock.Instant
	Offset      int64
	Limit       int64
}

// Deliveries lists deliveries, the newest first, and says how many there are.
func (s *Service) Deliveries(ctx context.Context, f Filter) ([]Delivery, int64, error) {
	return listDeliveries(ctx, s.DB, f)
}

// Delivery is one delivery with its body and every attempt.
func (s *Service) Delivery(ctx context.Context, id string) (d Delivery, body string, attempts []Attempt, err error) {
	all, _, err := listDeliveries(ctx, s.DB, Filter{IDs: []string{id}, Limit: 1})
	if err != nil {
		return d, "", nil, err
	}
	if len(all) == 0 {
		return d, "", nil, fault.New(fault.NotFound, "error-delivery-not-found", "There is no such delivery")
	}
	if body, err = bodyOf(ctx, s.DB, id); errors.Is(err, db.ErrNoRows) {
		return d, "", nil, fault.New(fault.NotFound, "error-delivery-not-found", "There is no such delivery")
	} else if err != nil {
		return d, "", nil, err
	}
	attempts, err = listAttempts(ctx, s.DB, id)
	return all[0], body, attempts, err
}

// mostReplayed is how many deliveries one call sends again.
const mostReplayed = 10_000

// Replay sends settled deliveries again, from their first attempt and under their
// own ids; it says how many.
func (s *Service) Replay(ctx context.Context, f Filter) (n int64, err error) {
	f.Limit = mostReplayed
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err = replay(ctx, tx, f)
		tx.AfterCommit(func() { signal(s.wake) })
		return err
	})
	return n, err
}

// Count is how many deliveries are in a state now, of all nodes.
func (s *Service) Count(ctx context.Context, state State) (int64, error) {
	return countState(ctx, s.DB, state)
}
