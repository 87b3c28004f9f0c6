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

// Jobs are the durable work of the channel: taking messages in and handing them over.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: jobReceive, Lease: 3 * time.Minute, Run: s.receive},
		{Name: jobSend, Lease: 2 * time.Minute, Run: s.send},
	}
}
