package routing

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// look gathers a case. With a transaction it takes the pick lock before it reads
// what a choice depends on; without one nothing comes of it.
type look struct {
	s  *Service
	q  db.Querier
	tx *db.Tx
	at question
	c  Case
}

func (s *Service) look(q db.Querier, tx *db.Tx, kind Kind, i chat.Inquiry) *look {
	now := s.Settings.Current()
	at := s.DB.Clock().Now()
	if tx != nil {
		q, at = tx, tx.Now()
	}
	strict := now.EnableBusinessHours && now.BusinessHoursStrict && now.BusinessHourType == "Multiple"
	return &look{s: s, q: q, tx: tx, at: question{now: at, idle: now.EnabledWhenAgentIdle, strict: strict, room: i.RID},
		c: Case{Kind: kind, At: int64(at), Department: i.Department, Rules: rulesOf(now)}}
}

// offered is how long a visitor is promised the agent he was shown (RQ-AUTO-4).
const offered = 30 * time.Minute

// sources are those of an agent who is preferred before the chat is placed.
var sources = map[chat.Preference]Source{chat.PreferAsked: SourceRequested, chat.PreferShown: SourceOffered, chat.PreferFormer: SourceDefault}

// open is the case of a new chat, or of one that is opened again.
func (l *look) open(ctx context.Context, i chat.Inquiry) error {
	l.at.site = i.Site
	if i.DefaultAgent != nil {
		l.wish(sources[i.DefaultAgent.Why], i.DefaultAgent.AgentID)
	}
	h, err := historyOf(ctx, l.q, i.V.ID, l.at.now.Add(-offered))
	if err != nil && !errors.Is(err, db.ErrNoRows) {
		return err
	}
	l.wish(SourceOffered, h.offered)
	l.wish(SourceManager, h.manager)
	l.wish(SourceLast, h.last)
	l.wish(SourceClosed, h.closed)
	if err := l.wanted(ctx, ""); err != nil {
		return err
	}
	if err := l.departments(ctx, l.c.Department); err != nil {
		return err
	}
	_, _, wish := l.c.preferred()
	if !wish && !l.c.usable(l.c.Department) {
		if err := l.eligible(ctx); err != nil {
			return err
		}
	}
	queue, _, nobody := l.c.place()
	if wish || nobody && !l.c.Rules.AcceptAnyway || !l.c.Rules.Bots && !l.c.atOnce() {
		return nil
	}
	return l.fill(ctx, queue)
}

// eligible reads the departments for chats without one, and whether the public
// queue has anybody.
func (l *look) eligible(ctx context.Context) error {
	all, err := eligible(ctx, l.q, l.at)
	if err != nil {
		return err
	}
	l.know(all)
	if len(all) == 1 {
		return l.departments(ctx, all[0].Fallback)
	}
	l.c.Anybody, err = anybody(ctx, l.q, l.at, l.c.Rules.Bots)
	return err
}

// queue is the case of a waiting chat.
func (l *look) queue(ctx context.Context) error {
	preferred, err := defaultAgent(ctx, l.q, l.at.room)
	if err != nil && !errors.Is(err, db.ErrNoRows) {
		return err
	}
	l.wish(SourceDefault, preferred)
	if err := l.departments(ctx, l.c.Department); err != nil {
		return err
	}
	if queue, _ := l.c.turn(); queue != l.c.Department {
		return nil
	}
	return l.fill(ctx, l.c.Department)
}

// move is the case of a chat that leaves its agent or its department.
func (l *look) move(ctx context.Context, m chat.Moving) error {
	l.c.From, l.at.from = m.From, m.From
	if m.Cause != chat.MoveForward {
		if err := l.departments(ctx, l.c.Department); err != nil || !assigns(l.c.Rules.Method) {
			return err
		}
		queue, _ := l.c.home()
		return l.fill(ctx, queue)
	}
	l.c.To = m.To
	if err := l.wishedBy(ctx, m); err != nil {
		return err
	}
	if err := l.departments(ctx, m.To); err != nil {
		return err
	}
	var err error
	if l.c.Allowed, err = allowedTargets(ctx, l.q, l.c.Department); err != nil {
		return err
	}
	reached, waits, _ := l.c.reach()
	if reached == "" || waits || !assigns(l.c.Rules.Method) || l.c.refusesForward() != "" {
		return nil
	}
	return l.fill(ctx, reached)
}

// wishedBy reads who is preferred in a forward: the agent it names and, when a bot
// hands over and the settings want it, whom the visitor knows (RQ-PREF-7).
func (l *look) wishedBy(ctx context.Context, m chat.Moving) error {
	l.wish(SourceWished, m.Wished)
	if l.c.Rules.AfterBot && m.From != "" {
		if err := l.handOver(ctx, m); err != nil {
			return err
		}
	}
	return l.wanted(ctx, m.To)
}

func (l *look) handOver(ctx context.Context, m chat.Moving) (err error) {
	if l.c.Bot, err = isBot(ctx, l.q, m.From); err != nil || !l.c.Bot {
		return err
	}
	h, err := historyOf(ctx, l.q, m.Inquiry.V.ID, l.at.now)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	l.wish(SourceManager, h.manager)
	l.wish(SourceLast, h.last)
	return err
}

func (l *look) wish(source Source, agent chat.AgentID) {
	if agent != "" {
		l.c.Wishes = append(l.c.Wishes, Wish{source, agent})
	}
}

// wanted reads those who are preferred.
func (l *look) wanted(ctx context.Context, queue chat.DepartmentID) (err error) {
	w := l.at
	w.department, w.only, w.more = queue, true, l.wishes()
	if len(w.more) > 0 {
		l.c.Agents, err = roster(ctx, l.q, w)
	}
	return err
}

func (l *look) wishes() (all []chat.AgentID) {
	for _, w := range l.c.Wishes {
		all = append(all, w.Agent)
	}
	return all
}

// departments reads one with its fallbacks.
func (l *look) departments(ctx context.Context, d chat.DepartmentID) error {
	if d == "" {
		return nil
	}
	w := l.at
	w.department = d
	all, err := chain(ctx, l.q, w)
	l.know(all)
	return err
}

func (l *look) know(all []Department) {
	for _, d := range all {
		if _, known := l.c.department(d.ID); !known {
			l.c.Departments = append(l.c.Departments, d)
		}
	}
}

// fill reads the agents of a queue, with whoever is preferred or was named.
func (l *look) fill(ctx context.Context, queue chat.DepartmentID) error {
	if l.tx != nil {
		if err := oneAtATime(ctx, l.tx); err != nil {
			return err
		}
	}
	l.c.Queue = queue
	if err := l.answered(ctx); err != nil {
		return err
	}
	var err error
	if l.c.Limit, err = departmentLimit(ctx, l.q, queue); err != nil {
		return err
	}
	w := l.at
	w.department, w.more = queue, l.wishes()
	if l.c.Answer != nil {
		w.more = append(w.more, l.c.Answer.Agent)
	}
	if l.c.Agents, err = roster(ctx, l.q, w); err != nil {
		return err
	}
	if slices.ContainsFunc(l.c.Agents, func(a Agent) bool { return a.New }) {
		l.c.Floor, err = floor(ctx, l.q, queue)
	}
	return err
}

// answered reads whom the external service named before.
func (l *look) answered(ctx context.Context) error {
	told := answerIn(ctx)
	if !told.asked || l.c.Rules.Method != external.name {
		return nil
	}
	agent, err := agentNamed(ctx, l.q, told.username)
	l.c.Answer = &Answer{Username: told.username, Agent: agent}
	return err
}

// oneAtATime makes picks wait for each other until the end of their transactions.
func oneAtATime(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Next(ctx, "routing.pick")
	return err
}
