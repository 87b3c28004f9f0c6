// Package outbox delivers saved events to their consumers, at least once each.
//
// An event is a row written with the change it tells of. Right after the commit
// the same process hands it over without reading it back; if the process dies in
// between, another or the restarted one finds the row and delivers it within
// seconds. A row is deleted when every consumer is done with it. Nothing here
// follows a "last seen" number: rows are claimed.
//
// Events of one key reach a consumer in order, different keys in parallel. The
// order between the processes of a cluster is not kept: what needs it carries a
// number of its own, which the row has too, so that a consumer can see what of a key
// is still to come.
package outbox

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Envelope is an event on its way to a consumer.
type Envelope struct {
	ID, Name, Key string
	At            clock.Instant
	Payload       json.RawMessage
	Event         any // the typed value when it was emitted in this process, else nil; not to be changed
}

// Consumer gets every event of the given names. Handle may see an event more
// than once and must be idempotent by its ID; its error means "again later".
type Consumer struct {
	Name   string
	Events []string
	Handle func(ctx context.Context, e Envelope) error
	// Wants says, without delay, whether an event that was emitted in this process is
	// worth handling at all; nil is always.
	Wants func(event any) bool
}

// On makes a consumer of one type of event, decoding it when it comes from
// another process. E's zero value tells the event's name.
func On[E db.Event](name string, h func(ctx context.Context, id string, e E) error) Consumer {
	var zero E
	handle := func(ctx context.Context, v Envelope) error {
		if e, ok := v.Event.(E); ok {
			return h(ctx, v.ID, e)
		}
		var e E
		if err := json.Unmarshal(v.Payload, &e); err != nil {
			return fmt.Errorf("decode %s: %w", v.Name, err)
		}
		return h(ctx, v.ID, e)
	}
	return Consumer{Name: name, Events: []string{zero.EventName()}, Handle: handle}
}
