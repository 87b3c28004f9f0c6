package integrations

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbound"
)

// Jobs are the requests that nobody waits for.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: jobLead, MaxAttempts: leadAttempts, Backoff: func(int) time.Duration { return leadPause }, Lease: 2 * time.Minute, Run: s.sendLead},
		{Name: jobIdentity, Lease: 2 * time.Minute, Run: func(ctx context.Context, run jobs.Run) error {
			_, err := s.ask(ctx, chat.RoomID(run.Key), "")
			if errors.Is(err, db.ErrNoRows) { // the chat has ended meanwhile
				return nil
			}
			return err
		}},
	}
}

// errLead is why a lead was not taken; it names no address, for that holds the token.
type errLead struct {
	status int
	code   outbound.Code
}

// Error is the status or the code.
func (e errLead) Error() string { return fmt.Sprint("not taken: ", e.status, " ", e.code) }
