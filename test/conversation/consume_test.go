package conversation

import (
	"encoding/json"
	"slices"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// consume hands an event to the consumer of that name as if it came from another node.
func consume(h *house, name string, e db.Event) {
	h.t.Helper()
	payload, err := json.Marshal(e)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range slices.Concat(h.rooms.Consumers(), h.dispatcher.Consumers(), h.contacts.Consumers()) {
		if c.Name != name {
			continue
		}
		if err := c.Handle(h.ctx, outbox.Envelope{ID: "1", Name: e.EventName(), Key: e.EventKey(), Payload: payload}); err != nil {
			h.t.Fatal(err)
		}
		return
	}
	h.t.Fatalf("no consumer %s", name)
}
