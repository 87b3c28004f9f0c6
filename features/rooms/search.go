package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/search"
)

// Search asks for ordinary messages that hold words.
type Search struct {
	Text          string
	Department    chat.DepartmentID // empty: any
	Offset, Count int64
}

// Found is a message with the room it is in.
type Found struct {
	Room    chat.Room    `json:"room"`
	Message chat.Message `json:"message"`
}

// Search finds messages in all rooms the actor may see, the latest first, and says
// whether there are more.
func (s *Service) Search(ctx context.Context, a chat.Actor, w Search) (found []Found, more bool, err error) {
	if search.Ask(s.DB.Engine(), w.Text) == "" {
		return []Found{}, false, nil
	}
	w.Count++ // one more tells whether there is one
	found, err = findWords(ctx, s.DB, w, sight{a, s.Settings.Current().RoutingMethod == chat.RoutingManual})
	if more = int64(len(found)) == w.Count; more {
		found = found[:len(found)-1]
	}
	for i, one := range found {
		found[i] = Found{Room: one.Room.ForStaff(), Message: one.Message.ForStaff()}
	}
	return found, more, err
}

// wordsJob notes the words of messages that are older than the notes are.
const wordsJob = "rooms.words"

const wordsAtOnce = 500

func (s *Service) noteWords(ctx context.Context) error {
	last, done := chat.MessageID(""), false
	for !done {
		next := last
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			all, err := wordless(ctx, tx, last, wordsAtOnce)
			for _, m := range all {
				if err == nil {
					err = setWords(ctx, tx, m)
				}
				next = m.ID
			}
			done = len(all) < wordsAtOnce
			return err
		})
		if err != nil {
			return err
		}
		last = next // only now: a transaction may have been tried twice
	}
	return nil
}
