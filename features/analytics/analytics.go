// Package analytics answers questions about conversations: totals, charts, reports and
// how things stand now. What is closed is counted once, when it closes, into sums by
// day, quarter of an hour, department and agent; what is open is looked at when somebody
// asks. It changes no conversation and decides nothing.
package analytics

import (
	"log/slog"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/cache"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Settings gives the current settings.
type Settings interface {
	Current() *chat.Settings
}

// Deps is what analytics need. Zone is the name of the server's time zone, "" is UTC.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Zone     string
}

// Service answers them.
type Service struct {
	Deps
	recent   *cache.Cache[any]
	counting chan struct{} // has room for one
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{d, cache.New[any](d.Clock, mostKept), make(chan struct{}, 1)}
}

// threshold is how long a visitor's silence at the end makes his chat an abandoned one,
// in milliseconds; -1: never.
func (s *Service) threshold() int64 {
	if seconds := s.Settings.Current().VisitorInactivitySeconds; seconds > 0 {
		return seconds * 1000
	}
	return -1
}
