package model

import (
	"fmt"
	"strings"

	"github.com/foyerchat/foyer/platform/db"
)

// listen has a webhook told of everything from now on; nothing is sent, what would be
// stays in the table.
func (h *House) listen() error {
	var known struct{ Kinds []string }
	if err := h.call("boss", "GET", "foyer/webhooks", nil, &known); err != nil {
		return err
	}
	return h.call("boss", "POST", "foyer/webhooks", object{"name": "all", "url": "http://receiver.invalid", "events": known.Kinds}, nil)
}

// telling is what was told of a room, in the order in which it goes out, and what
// there was to tell.
type telling struct {
	room                    string
	types                   []string
	open                    bool
	served, said, forwarded int
}

func scanTelling(row db.Row) (t telling, err error) {
	var types string
	err = row.Scan(&t.room, &types, &t.open, &t.served, &t.said, &t.forwarded)
	t.types = strings.Fields(types)
	return t, err
}

// misspoken says which rooms' webhooks break INV-16: their order, or that each change
// is told exactly once.
func (h *House) misspoken() string {
	all, err := db.All(h.ctx, h.inside.DB, scanTelling, `SELECT r.id, COALESCE((SELECT string_agg(t.type, ' ') FROM
			(SELECT e.type FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id WHERE d.room_id = r.id ORDER BY d.place, d.number) t), ''),
		r.open, (SELECT count(*) FROM room_changes c WHERE c.room_id = r.id AND c.name = 'taken'),
		(SELECT count(*) FROM messages m WHERE m.room_id = r.id AND m.t = '' AND NOT m.hidden),
		(SELECT count(*) FROM messages m WHERE m.room_id = r.id AND m.t = 'livechat_transfer_history')
		FROM rooms r`)
	if err != nil {
		return err.Error()
	}
	var wrong []string
	for _, t := range all {
		if what := t.wrong(); what != "" {
			wrong = append(wrong, fmt.Sprintf("  INV-16: %s: %v\n", what, t.types))
		}
	}
	return strings.Join(wrong, "")
}

// wrong is what is wrong with a room's webhooks; "": nothing.
func (t telling) wrong() string {
	count := map[string]int{}
	ended := false
	for i, what := range t.types {
		switch count[what]++; {
		case (what == "LivechatSessionStart") != (i == 0):
			return "the start is not the first, or not the only one"
		case ended != (what == "LivechatEdit"):
			return what + " in the wrong half"
		case what == "LivechatSession":
			ended = true
		}
	}
	switch {
	case count["LivechatSessionStart"] != 1:
		return "no start"
	case ended == t.open:
		return "the end is told of an open room, or not of a closed one"
	case count["LivechatSessionTaken"] != t.served:
		return fmt.Sprint("taken ", t.served, " times")
	case count["Message"] != t.said:
		return fmt.Sprint(t.said, " messages")
	case count["LivechatSessionForwarded"] > t.forwarded:
		return fmt.Sprint("moved ", t.forwarded, " times")
	case count["LivechatSessionTaken"] == 0 && count["LivechatSessionQueued"] == 0:
		return "neither taken nor waiting"
	}
	return ""
}
