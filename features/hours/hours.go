// Package hours keeps business hours and opens and closes agents by them. The
// calendar is pure: a schedule and an instant in, open or not and the next change
// out. What follows from it is never noted down as a step to be done: whenever
// something changed, the true state is computed and whoever differs is set right,
// so it does not matter how often, where or how late that happens.
package hours

import (
	"context"
	"log/slog"
	"slices"
	"time"

	_ "time/tzdata" // the one binary knows the zones wherever it runs

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Departments are told which of them follow a business hour.
type Departments interface {
	// FollowHour makes these departments, and no others, follow the hour.
	FollowHour(ctx context.Context, tx *db.Tx, hour chat.HourID, departments []chat.DepartmentID) error
}

// Agents look at one of them again: the hours open for him may have changed.
type Agents interface {
	Reassess(ctx context.Context, tx *db.Tx, agent chat.AgentID, cause chat.Cause) error
}

// Settings is the snapshot of the settings; Reload reads it anew.
type Settings interface {
	Current() *chat.Settings
	Reload(ctx context.Context) error
}

// Deps is what hours needs.
type Deps struct {
	DB          *db.DB
	Clock       clock.Clock
	Log         *slog.Logger
	Settings    Settings
	Departments Departments
	Agents      Agents
	Zone        string // the server's own; "": UTC
}

// Service keeps business hours.
type Service struct {
	Deps
	zones zones
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	if !s.zones.known(s.Zone) {
		s.Zone = "UTC"
	}
	return s
}

// The types of business hours: the one for everybody and those for departments.
const (
	Default = "default"
	Custom  = "custom"
)

// Hour is a business hour.
type Hour struct {
	ID        chat.HourID
	Type      string
	Name      string
	Active    bool
	Zone      string
	Offset    int64 // of the zone when it was saved, minutes
	Open      bool  // as last looked at
	Windows   []Window
	TS        clock.Instant
	UpdatedAt clock.Instant
}

// schedule is when the hour is open; one that is not active never is (RQ-BH-4).
func (s *Service) schedule(h Hour) Schedule {
	c := Schedule{Zone: s.zone(h), ToTheEnd: s.Settings.Current().BusinessDayToTheEnd}
	if h.Active {
		c.Windows = h.Windows
	}
	return c
}

// set are all business hours, and when they are open.
type set struct {
	hours     []Hour
	schedules map[chat.HourID]Schedule
	fallback  chat.HourID // the default one
	at        clock.Instant
}

// load reads all business hours as of an instant; a clock that was put back a
// little counts as standing still (RQ-BH-15).
func (s *Service) load(ctx context.Context, q db.Querier, at clock.Instant) (set, error) {
	mark, err := lastCheck(ctx, q)
	if err != nil {
		return set{}, err
	}
	found, err := hours(ctx, q)
	all := set{hours: found, schedules: map[chat.HourID]Schedule{}, at: steady(at, mark)}
	for _, h := range found {
		all.schedules[h.ID] = s.schedule(h)
		if h.Type == Default {
			all.fallback = h.ID
		}
	}
	return all, err
}

// setBack is how far a clock may be put back without anything being decided anew:
// further back, what it said before was wrong.
const setBack = 3 * time.Hour

func steady(now, mark clock.Instant) clock.Instant {
	if mark > now && mark.Sub(now) <= setBack {
		return mark
	}
	return now
}

// applicable are the hours of somebody whose departments have these (11.2).
func (all set) applicable(multiple bool, own []chat.HourID) []chat.HourID {
	if multiple && len(own) > 0 {
		return own
	}
	return []chat.HourID{all.fallback}
}

// open are those of the hours that are open, in the order of their ids.
func (all set) open(ids []chat.HourID) []chat.HourID {
	open := []chat.HourID{}
	for _, id := range ids {
		if c, ok := all.schedules[id]; ok && c.Open(all.at) {
			open = append(open, id)
		}
	}
	slices.Sort(open)
	return slices.Compact(open)
}

func (s *Service) multiple() bool { return s.Settings.Current().BusinessHourType == "Multiple" }

// Open are the business hours open for an agent; bound is false while business
// hours are off, when there is nothing to follow.
func (s *Service) Open(ctx context.Context, q db.Querier, agent chat.AgentID, at clock.Instant) (open []chat.HourID, bound bool, err error) {
	if !s.Settings.Current().EnableBusinessHours {
		return nil, false, nil
	}
	all, ids, err := s.of(ctx, q, agent, at)
	if err != nil {
		return nil, true, err
	}
	return all.open(ids), true, nil
}

// of are the hours that apply to an agent, computed from scratch.
func (s *Service) of(ctx context.Context, q db.Querier, agent chat.AgentID, at clock.Instant) (set, []chat.HourID, error) {
	all, err := s.load(ctx, q, at)
	if err != nil || !s.multiple() {
		return all, all.applicable(false, nil), err
	}
	own, err := ownHours(ctx, q, agent)
	return all, all.applicable(true, own), err
}

// Next is when an agent's business hours open if they are all closed, or when the
// last of them closes; 0: not in sight, or business hours are off.
func (s *Service) Next(ctx context.Context, q db.Querier, agent chat.AgentID, at clock.Instant) (clock.Instant, error) {
	if !s.Settings.Current().EnableBusinessHours {
		return 0, nil
	}
	all, ids, err := s.of(ctx, q, agent, at)
	if err != nil {
		return 0, err
	}
	return all.next(ids), nil
}

const mostSteps = 200 // of overlapping hours, which soon repeat

func (all set) next(ids []chat.HourID) clock.Instant {
	inside := len(all.open(ids)) > 0
	for range mostSteps {
		next := clock.Instant(0)
		for _, id := range ids {
			if c, ok := all.schedules[id]; ok {
				next = earlier(next, c.Change(all.at))
			}
		}
		if all.at = next; next == 0 || (len(all.open(ids)) > 0) != inside {
			return next
		}
	}
	return 0
}

// earlier is the first of two instants; 0 is never.
func earlier(a, b clock.Instant) clock.Instant {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
