package transcripts

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// zone is that of the reports (LC-TRS-8): the server's, one of its own, or that of who asks
// for the transcript; visitors tell none.
func (s *Service) zone(ctx context.Context, by *chat.UserRef) (*time.Location, error) {
	name, set := s.Zone, s.Settings.Current()
	switch {
	case set.ReportingZone == "custom" && set.ReportingZoneName != "":
		name = set.ReportingZoneName
	case set.ReportingZone == "user" && by != nil:
		own, minutes, err := zoneOf(ctx, s.DB, by.ID)
		if err != nil {
			return nil, err
		}
		if own == "" {
			return fixed(minutes), nil
		}
		name = own
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return time.UTC, nil
	}
	return zone, nil
}

// fixed is a zone of which only the distance to UTC is known, in minutes.
func fixed(minutes int) *time.Location {
	name := time.Date(2000, 1, 1, 0, 0, 0, 0, time.FixedZone("", minutes*60)).Format("UTC-07:00")
	return time.FixedZone(name, minutes*60)
}
