package messenger

import (
	"time"

	"github.com/foyerchat/foyer/platform/jobs"
)

// Their keys are people of pages.
const (
	jobReceive = "messenger.receive"
	jobSend    = "messenger.send"
)

// pause is how long what came waits after an attempt: 5, 20, 45 seconds and so on.
func pause(attempt int) time.Duration { return time.Duration(attempt*attempt) * 5 * time.Second }

// Jobs are the durable work of the channel: taking messages in and handing them over.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: jobReceive, Lease: 3 * time.Minute, Backoff: pause, Run: s.receive},
		{Name: jobSend, Lease: 2 * time.Minute, Run: s.send},
	}
}
