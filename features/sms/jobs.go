package sms

import (
	"time"

	"github.com/foyerchat/foyer/platform/jobs"
)

const jobSend = "sms.send" // its key is the room

// Jobs are the durable work of the channel: handing texts over.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobSend, Lease: 2 * time.Minute, Run: s.send}}
}
