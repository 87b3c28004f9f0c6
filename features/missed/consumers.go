package missed

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers hear of chats that end and of chats that are given.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("missed.closed", s.closed), outbox.On("missed.taken", s.taken)}
}

func (s *Service) closed(ctx context.Context, event string, e chat.RoomClosed) error {
	if !unanswered(e.Room) {
		return nil
	}
	return s.tell(ctx, story{room: e.Room, event: event}, func(tx *db.Tx) ([]reader, error) {
		if e.Room.ServedBy != nil {
			return one(ctx, tx, e.Room.ServedBy.ID)
		}
		return team(ctx, tx, e.Room.DepartmentID)
	})
}

// taken: only who did not take the chat himself and is away has to be told.
func (s *Service) taken(ctx context.Context, event string, e chat.RoomTaken) error {
	if e.Room.ServedBy == nil || e.By.ID == e.Room.ServedBy.ID {
		return nil
	}
	return s.tell(ctx, story{room: e.Room, event: event, given: true}, func(tx *db.Tx) ([]reader, error) {
		all, err := one(ctx, tx, e.Room.ServedBy.ID)
		if len(all) == 1 && !all[0].away {
			return nil, err
		}
		return all, err
	})
}

func (s *Service) tell(ctx context.Context, st story, readers func(tx *db.Tx) ([]reader, error)) error {
	if !s.Settings.Current().MissedChatMails || !s.Mails.Ready() {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		all, err := readers(tx)
		if err != nil {
			return err
		}
		if st.department, err = departmentName(ctx, tx, st.room.DepartmentID); err != nil {
			return err
		}
		for _, r := range all {
			if !r.wants() {
				continue
			}
			if err := s.Mails.Enqueue(ctx, tx, s.letter(st, r)); err != nil {
				return err
			}
		}
		return nil
	})
}
