package chat

import (
	"slices"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// Next is the moment of the room's next entry: now, but always after the entry
// before it, so that the order of times is the order of numbers (INV-9) although
// clocks of several servers differ and messages may share a millisecond.
func (r *Room) Next(now clock.Instant) clock.Instant {
	if r.Msgs > 0 && now <= r.LM {
		return r.LM + 1
	}
	return now
}

// Serve gives the room to an agent (LC-TAKE-8).
func (r *Room) Serve(agent UserRef, at clock.Instant) {
	r.ServedBy = &ServedBy{ID: agent.ID, Username: agent.Username, TS: at}
	r.UsersCount++
	if r.QueueMillis == nil { // a forward does not change it (analytics 7.1)
		waited := max(0, int64(at-r.QueuedAt))
		r.QueueMillis = &waited
	}
	r.QueuedAt = 0
}

// Requeue takes the room from its agent (LC-RET-2).
func (r *Room) Requeue(at clock.Instant) {
	r.ServedBy = nil
	r.QueuedAt = at
	r.unwatch()
}

// Hold puts the room on hold (LC-HOLD-4).
func (r *Room) Hold(at clock.Instant) {
	r.OnHold, r.HeldAt = true, at
	r.unwatch()
}

// Resume takes the room off hold (LC-HOLD-8).
func (r *Room) Resume() { r.OnHold, r.HeldAt = false, 0 }

// Predict says when the visitor counts as gone, if he owes an answer; never when
// the time is not positive (RQ-AB-1). It reports whether that is news.
func (r *Room) Predict(after time.Duration) bool {
	var before, now clock.Instant
	if r.Omnichannel != nil {
		before = r.Omnichannel.PredictedVisitorAbandonmentAt
	}
	if r.SilentSince > 0 && after > 0 {
		now = r.SilentSince.Add(after)
	}
	r.Omnichannel = nil
	if now > 0 {
		r.Omnichannel = &RoomPrediction{PredictedVisitorAbandonmentAt: now}
	}
	return now != before
}

// unwatch forgets that the visitor owes an answer.
func (r *Room) unwatch() { r.SilentSince, r.Omnichannel = 0, nil }

// Reply is a message that counts as a response: how long the visitor waited for it, and
// the agent took since he was assigned. The latter is known of the room's first one only.
type Reply struct {
	Took     time.Duration
	Reaction *time.Duration
}

// Answered records a user's ordinary message: the visitor waits no longer
// (LC-MSG-22, LC-MSG-24) and, if it counts as a response, its times are taken
// (analytics 1.1, LC-MSG-23) and returned.
func (r *Room) Answered(by UserRef, at clock.Instant, counts bool) (reply *Reply) {
	r.WaitingResponse = false
	answer := ResponseBy{ID: by.ID, Username: by.Username, FirstResponseTS: at}
	if r.ResponseBy != nil {
		answer = *r.ResponseBy
	}
	answer.LastMessageTS = at
	r.ResponseBy = &answer
	if counts {
		reply = r.measure(at)
	}
	if r.SilentSince == 0 && !r.OnHold {
		r.SilentSince = at
	}
	if month := at.Time().Format("2006-01"); !slices.Contains(r.V.Activity, month) {
		r.V.Activity = append(slices.Clone(r.V.Activity), month)
	}
	return reply
}

// measure counts an answer as a response if it is the first one or the visitor
// asked since the last; a follow-up of the agent counts nothing (AN-1).
func (r *Room) measure(at clock.Instant) *Reply {
	m := r.metrics()
	asked, replied := m.V.LQ, m.ServedBy.LR
	first := replied == 0
	if !first && asked <= replied {
		return nil
	}
	since, assigned := asked, asked
	var reply Reply
	if first {
		since, assigned = max(asked, r.TS), r.TS
		if r.ServedBy != nil {
			assigned = r.ServedBy.TS
		}
		m.Response.FT, m.Response.FD = seconds(at, since), at
		m.Reaction.FT, m.Reaction.FD = seconds(at, assigned), at
		reaction := max(0, at.Sub(assigned))
		reply.Reaction = &reaction
	}
	m.Response.Total++
	m.Response.TT += seconds(at, since)
	m.Response.Avg = m.Response.TT / float64(m.Response.Total)
	m.Reaction.TT += seconds(at, assigned)
	m.ServedBy.LR = at
	reply.Took = max(0, at.Sub(since))
	return &reply
}

// metrics makes the room's metrics complete and its own, so that they may be
// changed without changing a copy of the room.
func (r *Room) metrics() *Metrics {
	var m Metrics
	if r.Metrics != nil {
		m = *r.Metrics
	}
	m.V, m.ServedBy = own(m.V), own(m.ServedBy)
	m.Response, m.Reaction = own(m.Response), own(m.Reaction)
	r.Metrics = &m
	return &m
}

func own[T any](p *T) *T {
	var v T
	if p != nil {
		v = *p
	}
	return &v
}

// Close ends the conversation (LC-CLOSE-1, LC-CLOSE-4, LC-CLOSE-7). The tags are
// joined with the room's, each once.
func (r *Room) Close(closer Closer, by UserRef, tags []string, at clock.Instant) {
	r.Resume()
	r.unwatch()
	r.Open, r.Verifying = false, false
	r.ClosedAt, r.Closer, r.ClosedBy = at, closer, &by
	r.V.Status = Offline
	for _, tag := range tags {
		if !slices.Contains(r.Tags, tag) {
			r.Tags = append(slices.Clone(r.Tags), tag)
		}
	}
	var m Metrics
	if r.Metrics != nil {
		m = *r.Metrics
	}
	m.ChatDuration = duration(at, r.TS)
	if r.ServedBy != nil {
		m.ServiceTimeDuration = duration(at, r.ServedBy.TS)
	}
	m.VisitorInactivity = r.inactivity(at)
	r.Metrics = &m
}

// Reopen lets a closed conversation go on, waiting in the queue (LC-REO-2). What was
// measured stays, but what tells that it is over and for how long it lasted (LC-REO-5).
func (r *Room) Reopen(at clock.Instant) {
	r.Open, r.ServedBy, r.QueuedAt, r.UsersCount = true, nil, at, 1
	r.ClosedAt, r.Closer, r.ClosedBy = 0, "", nil
	r.AutoTransferredAt, r.ResponseBy, r.WaitingResponse = 0, nil, true
	r.Verifying, r.Verified = false, false
	if r.Metrics != nil {
		m := *r.Metrics
		m.ChatDuration, m.ServiceTimeDuration, m.VisitorInactivity = nil, nil, nil
		r.Metrics = &m
	}
	r.unwatch()
}

// inactivity is how long the visitor had been silent after an answer (LC-CLOSE-9).
func (r *Room) inactivity(at clock.Instant) *float64 {
	if r.Closer == CloserVisitor || r.ResponseBy == nil {
		return nil
	}
	return duration(at, r.ResponseBy.FirstResponseTS)
}

func duration(to, from clock.Instant) *float64 {
	s := seconds(to, from)
	return &s
}

func seconds(to, from clock.Instant) float64 {
	return max(0, float64(to.Sub(from))/float64(time.Second))
}

// Follow takes over the visitor's name, telephone and presence and reports whether
// anything changed (LC-REG-8).
func (r *Room) Follow(v Visitor) bool {
	now := v.View()
	now.Activity, now.LastMessageTS = r.V.Activity, r.V.LastMessageTS
	name := v.DisplayName()
	if r.FName == name && r.V.Status == now.Status && r.V.Name == now.Name && r.V.Token == now.Token &&
		r.V.Username == now.Username && slices.Equal(r.V.Phone, now.Phone) {
		return false
	}
	r.FName, r.V = name, now
	return true
}
