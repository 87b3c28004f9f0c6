// Package chaos lets many visitors and agents write while the server is killed
// again and again, and then compares what they were told with what is stored and
// shown. One seed decides who does what and when the server dies.
package chaos

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

// Plan is one run.
type Plan struct {
	Seed     uint64
	Kills    int
	Visitors int
	Agents   int
}

// Report is what happened, and what must be zero.
type Report struct {
	Kills, Rooms, Told, Stored int // Told: messages whose sender got the answer
	Lost                       []string
	Double                     []string
	OutOfOrder                 []string
	TwoAgents                  []string
	NotShown                   []string
}

// Err is nil when nothing was lost, doubled, disordered or served by two.
func (r Report) Err() error {
	var problems []error
	for name, list := range map[string][]string{"lost": r.Lost, "double": r.Double,
		"out of order": r.OutOfOrder, "two agents": r.TwoAgents, "not shown": r.NotShown} {
		if len(list) > 0 {
			problems = append(problems, fmt.Errorf("%s (%d): %.2000v", name, len(list), list))
		}
	}
	return errors.Join(problems...)
}

// run is the state all persons share.
type run struct {
	plan    Plan
	server  *server.Server
	writing context.Context // ends when the last kill is done
	mu      sync.Mutex
	rooms   []*conversation
	count   atomic.Int64
}

// conversation is what the persons of one room were told.
type conversation struct {
	visitor *people.Visitor
	screen  *people.Listener
	rid     chat.RoomID
	mu      sync.Mutex
	told    map[string][]string // sender → ids, in the order they were acknowledged
	takers  []chat.UserID       // agents whose take was answered with success
}

func (c *conversation) tell(sender, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told[sender] = append(c.told[sender], id)
}

// Run carries out the plan on a started server whose agents exist.
func Run(ctx context.Context, s *server.Server, p Plan) (Report, error) {
	writing, stop := context.WithCancel(ctx)
	defer stop()
	r := &run{plan: p, server: s, writing: writing}
	agents, err := r.signIn(ctx)
	if err != nil {
		return Report{}, err
	}
	var writers sync.WaitGroup
	for i := range p.Visitors {
		writers.Go(func() { r.visit(ctx, i) })
	}
	for _, a := range agents {
		writers.Go(func() { r.serve(ctx, a) })
	}
	err = r.kill(ctx)
	stop()
	writers.Wait()
	if err != nil {
		return Report{}, err
	}
	report, err := r.compare(ctx, agents)
	report.Kills = p.Kills
	for _, a := range agents {
		a.screen.Stop()
	}
	for _, c := range r.rooms {
		c.screen.Stop()
	}
	return report, err
}

// agent is somebody who takes what waits and answers.
type agent struct {
	*people.Agent
	name   string
	screen *people.Listener
	random *rand.Rand
}

// AgentName and AgentPassword are those of agent i.
func AgentName(i int) string { return fmt.Sprintf("agent%d", i) }

// AgentPassword is the password of every agent.
const AgentPassword = "Agent-password-1"

func (r *run) signIn(ctx context.Context) ([]*agent, error) {
	var agents []*agent
	for i := range r.plan.Agents {
		person, err := r.server.SignIn(ctx, AgentName(i), AgentPassword)
		if err != nil {
			return nil, err
		}
		if err := person.Switch(ctx, chat.Available); err != nil {
			return nil, err
		}
		agents = append(agents, &agent{Agent: person, name: AgentName(i), screen: person.Listen().Start(ctx),
			random: rand.New(rand.NewPCG(r.plan.Seed, uint64(1000+i)))})
	}
	return agents, nil
}

// kill kills and restarts the server at random moments.
func (r *run) kill(ctx context.Context) error {
	random := rand.New(rand.NewPCG(r.plan.Seed, 0))
	for range r.plan.Kills {
		if err := people.Sleep(ctx, time.Duration(30+random.IntN(370))*time.Millisecond); err != nil {
			return err
		}
		if err := r.server.Kill(); err != nil {
			return err
		}
		if err := r.server.Start(ctx); err != nil {
			return err
		}
	}
	return people.Sleep(ctx, 300*time.Millisecond)
}

// id makes the next message's id; it names its sender.
func (r *run) id(sender string) string { return fmt.Sprintf("%s-%06d", sender, r.count.Add(1)) }

// visit is a visitor's life: a chat after the other, until the writing ends.
func (r *run) visit(ctx context.Context, i int) {
	random := rand.New(rand.NewPCG(r.plan.Seed, uint64(i+1)))
	name := fmt.Sprintf("visitor%d", i)
	var person *people.Visitor
	if people.Insist(ctx, func(ctx context.Context) (err error) { person, err = r.server.NewVisitor(ctx, name); return err }) != nil {
		return
	}
	for r.writing.Err() == nil {
		c, err := r.open(ctx, person)
		if err != nil {
			return
		}
		for range 5 + random.IntN(40) {
			if r.writing.Err() != nil {
				return
			}
			id := r.id(name)
			if people.Insist(ctx, func(ctx context.Context) error { _, err := c.visitor.Say(ctx, id, "hello "+id); return err }) != nil {
				break // the room was closed meanwhile
			}
			c.tell(name, id)
			_ = people.Sleep(r.writing, time.Duration(random.IntN(15))*time.Millisecond)
		}
		if random.IntN(2) == 0 {
			_ = people.Insist(ctx, c.visitor.Close)
		}
	}
}

// open opens the visitor's room; an unknown outcome is asked again and finds the same room.
func (r *run) open(ctx context.Context, person *people.Visitor) (*conversation, error) {
	visitor := *person
	if err := people.Insist(ctx, visitor.Open); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.rooms {
		if c.rid == visitor.Room.ID {
			return c, nil
		}
	}
	c := &conversation{visitor: &visitor, rid: visitor.Room.ID, told: map[string][]string{}}
	c.screen = visitor.Listen().Start(ctx)
	c.screen.Join(c.rid)
	r.rooms = append(r.rooms, c)
	return c, nil
}

func (r *run) conversation(rid chat.RoomID) *conversation {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.rooms {
		if c.rid == rid {
			return c
		}
	}
	return nil
}

// serve is an agent's life: take what waits (racing the others), answer what is his.
func (r *run) serve(ctx context.Context, a *agent) {
	for r.writing.Err() == nil {
		var waiting []chat.Inquiry
		var mine []chat.Room
		if people.Insist(ctx, func(ctx context.Context) (err error) { waiting, mine, err = a.Inbox(ctx); return err }) != nil {
			return
		}
		for _, inquiry := range waiting {
			r.take(ctx, a, inquiry)
		}
		for _, room := range mine {
			r.answer(ctx, a, room.ID)
		}
		_ = people.Sleep(r.writing, time.Duration(a.random.IntN(20))*time.Millisecond)
	}
}

func (r *run) take(ctx context.Context, a *agent, inquiry chat.Inquiry) {
	c := r.conversation(inquiry.RID)
	if c == nil || people.Insist(ctx, func(ctx context.Context) error { return a.Take(ctx, inquiry.ID) }) != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.takers = append(c.takers, a.User)
}

func (r *run) answer(ctx context.Context, a *agent, rid chat.RoomID) {
	c := r.conversation(rid)
	if c == nil || r.writing.Err() != nil {
		return
	}
	a.screen.Join(rid)
	id := r.id(a.name)
	if people.Insist(ctx, func(ctx context.Context) error { _, err := a.Say(ctx, rid, id, "answer "+id); return err }) == nil {
		c.tell(a.name, id)
	}
	if a.random.IntN(60) == 0 {
		_ = people.Insist(ctx, func(ctx context.Context) error { return a.Close(ctx, rid, "done") })
	}
}
