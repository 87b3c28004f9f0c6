package analytics

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// ServiceTime is a stretch of time in which an agent wanted chats and was there. It ends at
// midnight of the reporting zone at the latest (AN-44).
type ServiceTime struct {
	StartedAt clock.Instant `json:"startedAt"`
	StoppedAt clock.Instant `json:"stoppedAt"`
}

// activity is one agent's sessions.
type activity struct {
	agent    chat.AgentID
	username string
	sessions []ServiceTime
}

func (a activity) millis() (n int64) {
	for _, s := range a.sessions {
		n += int64(s.StoppedAt - s.StartedAt)
	}
	return n
}

// availability is who was available when, of the agents who were at all. What still
// lasts counts up to now. It follows from the record of how agents stood, so nothing is
// counted twice and nothing is lost at midnight or by a crash (AN-40 to 45).
func (s *Service) availability(ctx context.Context, q question, d days) ([]activity, error) {
	if s.Settings.Current().DisableActivityMonitor { // AN-46
		return nil, nil
	}
	turns, err := s.turns(ctx, q.in(d.from(), d.to()))
	if err != nil {
		return nil, err
	}
	return sessions(turns, d.each(), q.now), nil
}

// sessions makes sessions of turns, which are in the order of agents and time.
func sessions(turns []turn, bounds []clock.Instant, now clock.Instant) (all []activity) {
	end := min(bounds[len(bounds)-1], now)
	for i, t := range turns {
		if n := len(all); n == 0 || all[n-1].agent != t.agent {
			all = append(all, activity{agent: t.agent, username: t.username})
		}
		until := end
		if i+1 < len(turns) && turns[i+1].agent == t.agent {
			until = min(turns[i+1].at, end)
		}
		if t.serves {
			a := &all[len(all)-1]
			a.sessions = join(a.sessions, split(ServiceTime{max(t.at, bounds[0]), until}, bounds), bounds)
		}
	}
	kept := all[:0]
	for _, a := range all {
		if len(a.sessions) > 0 {
			kept = append(kept, a)
		}
	}
	return kept
}

// split cuts a session at the days' bounds.
func split(s ServiceTime, bounds []clock.Instant) (out []ServiceTime) {
	for i := range len(bounds) - 1 {
		part := ServiceTime{max(s.StartedAt, bounds[i]), min(s.StoppedAt, bounds[i+1])}
		if part.StartedAt < part.StoppedAt {
			out = append(out, part)
		}
	}
	return out
}

// join adds sessions; one that begins where the last one ended goes on with it, unless
// a day begins there.
func join(all, more []ServiceTime, bounds []clock.Instant) []ServiceTime {
	for _, s := range more {
		n := len(all)
		if n > 0 && all[n-1].StoppedAt == s.StartedAt && bounds[max(0, bucket(bounds, s.StartedAt))] != s.StartedAt {
			all[n-1].StoppedAt = s.StoppedAt
			continue
		}
		all = append(all, s)
	}
	return all
}
