package livechatoo

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Rooms finds a room that somebody may see.
type Rooms interface {
	Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error)
}

// Note is what a page tells agents about a visitor: a claim, good for nothing else.
type Note struct {
	Name       string        `json:"name,omitempty"`
	Department string        `json:"department,omitempty"` // the visitor picked, of the page's own list
	Targets    []string      `json:"targets"`              // target pages reached
	At         clock.Instant `json:"at,omitzero"`
}

// Tell keeps what a page tells about its visitor. Targets once reached stay.
func (s *Service) Tell(ctx context.Context, visitor chat.VisitorID, n Note) error {
	n.Name, n.Department, n.At = strings.TrimSpace(n.Name), strings.TrimSpace(n.Department), s.Clock.Now()
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		before, err := findNote(ctx, tx, visitor)
		if err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
		n.Targets = joined(before.Targets, n.Targets)
		return saveNote(ctx, tx, visitor, n)
	})
}

const mostTargets = 20

// joined is both lists without repetition, the latest of them.
func joined(before, now []string) []string {
	all, known := []string{}, map[string]bool{}
	for _, one := range append(append([]string{}, before...), now...) {
		if !known[one] {
			all, known[one] = append(all, one), true
		}
	}
	return all[max(0, len(all)-mostTargets):]
}

// Told is what the page told about a room's visitor.
func (s *Service) Told(ctx context.Context, a chat.Actor, rid chat.RoomID) (Note, error) {
	room, _, err := s.Rooms.Visible(ctx, a, rid)
	if err != nil {
		return Note{}, err
	}
	n, err := findNote(ctx, s.DB, room.V.ID)
	if errors.Is(err, db.ErrNoRows) {
		return Note{Targets: []string{}}, nil
	}
	return n, err
}
