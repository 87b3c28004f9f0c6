package hours

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

func chatHour(s string) chat.HourID { return chat.HourID(s) }

// offset is how far a zone's clocks are ahead of UTC, in minutes.
func (s *Service) offset(name string, at clock.Instant) int64 {
	zone := s.zones.find(name)
	if zone == nil {
		return 0
	}
	_, seconds := at.Time().In(zone).Zone()
	return int64(seconds / 60)
}

// Save changes the default hour, or makes or changes one for departments, which
// then are exactly those that follow it. Its agents are opened or closed before it returns.
func (s *Service) Save(ctx context.Context, h Hour, departments []chat.DepartmentID) error {
	if err := s.check(h); err != nil {
		return err
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := lock(ctx, tx); err != nil {
			return err
		}
		if h.Offset = s.offset(h.Zone, tx.Now()); h.Type == Default {
			return s.saveDefault(ctx, tx, h)
		}
		return s.saveCustom(ctx, tx, h, departments)
	})
	if err != nil {
		return err
	}
	s.follow(ctx)
	return nil
}

// follow lets everybody follow what was changed; what goes wrong is made up for by the next look.
func (s *Service) follow(ctx context.Context) {
	if _, err := s.Check(ctx); err != nil {
		s.Log.Warn("business hours: agents follow later", "error", err)
	}
}

// saveDefault keeps the name empty and the hour active: it exists always (RQ-BH-2).
func (s *Service) saveDefault(ctx context.Context, tx *db.Tx, h Hour) (err error) {
	if h.ID, err = defaultID(ctx, tx); err != nil {
		return err
	}
	h.Name, h.Active = "", true
	return s.update(ctx, tx, h)
}

func (s *Service) saveCustom(ctx context.Context, tx *db.Tx, h Hour, departments []chat.DepartmentID) error {
	if taken, err := nameTaken(ctx, tx, h); err != nil {
		return err
	} else if taken {
		return fault.New(fault.Invalid, "error-business-hour-name-already-in-use", "Another business hour has this name").At("name")
	}
	if h.ID != "" {
		if err := s.Departments.FollowHour(ctx, tx, h.ID, departments); err != nil {
			return err
		}
		return s.update(ctx, tx, h)
	}
	h.ID = chatHour(id.New())
	if err := s.Departments.FollowHour(ctx, tx, h.ID, departments); err != nil {
		return err
	}
	if err := insertHour(ctx, tx, h); err != nil {
		return err
	}
	return s.written(ctx, tx, h)
}

func (s *Service) update(ctx context.Context, tx *db.Tx, h Hour) error {
	if found, err := updateHour(ctx, tx, h); err != nil || !found {
		return orNotFound(err)
	}
	return s.written(ctx, tx, h)
}

func (s *Service) written(ctx context.Context, tx *db.Tx, h Hour) error {
	if err := replaceWindows(ctx, tx, h); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.HoursChanged{})
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Invalid, "error-business-hour-not-found", "There is no such business hour").At("_id")
}

// Remove takes an hour from its departments and forgets it; the default one stays.
func (s *Service) Remove(ctx context.Context, hour chat.HourID) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := lock(ctx, tx); err != nil {
			return err
		}
		if standing, err := defaultID(ctx, tx); err != nil {
			return err
		} else if standing == hour {
			return fault.New(fault.Invalid, "error-business-hour-default", "The default business hour cannot be removed").At("_id")
		}
		if err := s.Departments.FollowHour(ctx, tx, hour, nil); err != nil {
			return err
		}
		if found, err := removeHour(ctx, tx, hour); err != nil || !found {
			return orNotFound(err)
		}
		return tx.Emit(ctx, chat.HoursChanged{})
	})
	if err != nil {
		return err
	}
	s.follow(ctx)
	return nil
}

// Left hears that a department follows an hour no more because it takes no chats any
// more; an hour that nobody else follows is switched off (11.3).
func (s *Service) Left(ctx context.Context, tx *db.Tx, hour chat.HourID) error {
	if changed, err := deactivateUnused(ctx, tx, hour); err != nil || !changed {
		return err
	}
	return tx.Emit(ctx, chat.HoursChanged{})
}

const mostWindows = 7 * 24

// check finds what is wrong with an hour (RQ-BH-2, RQ-BH-3, RQ-BH-12).
func (s *Service) check(h Hour) error {
	invalid := func(code, text, field string) error { return fault.New(fault.Invalid, code, text).At(field) }
	switch {
	case h.Type == Custom && strings.TrimSpace(h.Name) == "":
		return invalid("error-business-hour-name-required", "A business hour for departments needs a name", "name")
	case !s.zones.known(h.Zone):
		return invalid("error-business-hour-invalid-timezone", "Unknown time zone", "timezoneName")
	case len(h.Windows) > mostWindows:
		return invalid("error-business-hour-too-many-windows", "Too many windows", "workHours")
	}
	for i, w := range h.Windows {
		switch {
		case w.Start == w.Finish:
			return invalid("error-business-hour-finish-time-equals-start-time", "It finishes when it starts", "workHours")
		case w.Finish < w.Start:
			return invalid("error-business-hour-finish-time-before-start-time", "It finishes before it starts", "workHours")
		case slices.ContainsFunc(h.Windows[:i], w.overlaps):
			return invalid("error-business-hour-windows-overlap", "Two windows of one day overlap", "workHours")
		}
	}
	return nil
}

func (w Window) overlaps(other Window) bool {
	return w.Day == other.Day && w.Start < other.Finish && other.Start < w.Finish
}

// Preview is what a schedule that is not saved would be now, and when that changes.
func (s *Service) Preview(h Hour) (open bool, change clock.Instant, err error) {
	if err := s.check(h); err != nil {
		return false, 0, err
	}
	c, now := s.schedule(h), s.Clock.Now()
	return c.Open(now), c.Change(now), nil
}

// days are the names of the weekdays as the API has them.
var days = map[string]time.Weekday{"Sunday": 0, "Monday": 1, "Tuesday": 2, "Wednesday": 3, "Thursday": 4, "Friday": 5, "Saturday": 6}
