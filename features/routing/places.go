package routing

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

// Places tells those who wait where they stand: after a change in a queue all of
// it, at most once in a while however much changes.
type Places struct {
	routing *Service

	mu      sync.Mutex
	planned map[chat.DepartmentID]clock.Instant // what this node has planned last
}

// NewPlaces makes it.
func NewPlaces(s *Service) *Places {
	return &Places{routing: s, planned: map[chat.DepartmentID]clock.Instant{}}
}

const (
	jobPlaces = "routing.places"
	// placesEvery is the length of the windows whose changes are told together.
	placesEvery = 1200 * time.Millisecond
	// placesAfter is the pause after a window: whoever is new has begun to listen.
	placesAfter = time.Second
	// placesAtOnce bounds one event.
	placesAtOnce = 500
)

// due is when the changes of now are told. Every node finds the same instant, so
// a queue that never rests is told of nevertheless; turn tells neighbouring
// windows apart.
func due(now clock.Instant) (at clock.Instant, turn int64) {
	window := int64(now)/placesEvery.Milliseconds() + 1
	return clock.Instant(window * placesEvery.Milliseconds()).Add(placesAfter), window % 4
}

// shown reports whether visitors see their place (RQ-POS-5, 6).
func shown(s *chat.Settings) bool { return s.WaitingQueue && s.QueueStatistics }

type placesJob struct {
	Department chat.DepartmentID `json:"department"`
}

// moved plans to tell those who wait in these queues, if that is done at all.
func (p *Places) moved(ctx context.Context, queues ...chat.DepartmentID) error {
	if !shown(p.routing.Settings.Current()) {
		return nil
	}
	return p.soon(ctx, queues)
}

func (p *Places) soon(ctx context.Context, queues []chat.DepartmentID) error {
	at, turn := due(p.routing.DB.Clock().Now())
	news := slices.DeleteFunc(slices.Compact(slices.Clone(queues)), func(d chat.DepartmentID) bool { return !p.plan(d, at) })
	if len(news) == 0 {
		return nil
	}
	err := p.routing.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, d := range news {
			key := string(d) + "/" + strconv.FormatInt(turn, 10)
			if err := tx.Enqueue(ctx, db.Job{Kind: jobPlaces, Key: key, Payload: placesJob{d}, DueAt: at}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		p.forget(news)
	}
	return err
}

// plan notes the instant; false when it is known already.
func (p *Places) plan(d chat.DepartmentID, at clock.Instant) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.planned[d] == at {
		return false
	}
	p.planned[d] = at
	return true
}

func (p *Places) forget(queues []chat.DepartmentID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range queues {
		delete(p.planned, d)
	}
}

// Jobs are the tellings. What is told is read when it is told; in small
// transactions, so that a long queue keeps nobody waiting.
func (p *Places) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobPlaces, AtOnce: 1, Run: func(ctx context.Context, r jobs.Run) error {
		var j placesJob
		if err := json.Unmarshal(r.Payload, &j); err != nil {
			return err
		}
		return p.tell(ctx, j.Department)
	}}}
}

func (p *Places) tell(ctx context.Context, d chat.DepartmentID) error {
	if !shown(p.routing.Settings.Current()) {
		return nil
	}
	places, err := p.routing.places(ctx, d)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(places, placesAtOnce) {
		err := p.routing.DB.InTx(ctx, func(tx *db.Tx) error { return tx.Emit(ctx, chat.QueueMoved{Department: d, Places: some}) })
		if err != nil {
			return err
		}
	}
	return nil
}

// places is a queue from its front, each with its estimate.
func (s *Service) places(ctx context.Context, d chat.DepartmentID) ([]chat.QueuePlace, error) {
	rooms, err := standing(ctx, s.DB, d, s.Settings.Current().QueueSorting)
	if err != nil || len(rooms) == 0 {
		return nil, err
	}
	pace, err := s.paceOf(ctx, d)
	places := make([]chat.QueuePlace, len(rooms))
	for i, rid := range rooms {
		n := int64(i + 1)
		places[i] = chat.QueuePlace{RID: rid, Spot: n, Seconds: pace.until(n)}
	}
	return places, err
}

// pace is how fast a queue moves.
type pace struct {
	parallel int64
	average  time.Duration
}

func (p pace) until(spot int64) *int64 { return estimate(spot, p.parallel, p.average) }

func (s *Service) paceOf(ctx context.Context, d chat.DepartmentID) (p pace, err error) {
	now := s.Settings.Current()
	if now.RecentChatsForEstimate <= 0 {
		return p, nil
	}
	if p.average, err = averageChat(ctx, s.DB, d, now.RecentChatsForEstimate); err != nil || p.average <= 0 {
		return p, err
	}
	agents, limit, err := servingNow(ctx, s.DB, question{now: s.DB.Clock().Now(), idle: now.EnabledWhenAgentIdle, department: d})
	if err != nil || len(agents) == 0 {
		return pace{}, err // nobody is there: any number would be made up
	}
	p.parallel = parallel(agents, limit, now.MaxChatsPerAgent)
	return p, nil
}

// QueueInfo is what the visitor of a waiting room sees of the queue; nil when the
// room does not wait or places are not shown (RQ-POS-6).
func (s *Service) QueueInfo(ctx context.Context, rid chat.RoomID) (*chat.QueueInfo, error) {
	now := s.Settings.Current()
	if !shown(now) {
		return nil, nil
	}
	d, n, err := spot(ctx, s.DB, rid, now.QueueSorting)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	pace, err := s.paceOf(ctx, d)
	if err != nil {
		return nil, err
	}
	text, err := waitingText(ctx, s.DB, d, now.WaitingQueueMessage)
	return &chat.QueueInfo{Spot: n, Seconds: pace.until(n), Message: chat.QueueMessage{Text: text, User: chat.System.Ref()}}, err
}
