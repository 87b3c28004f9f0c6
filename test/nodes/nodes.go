// Package nodes lets many visitors and agents use several server processes on one
// database at once, kills the processes again and again, and looks at every moment
// it can whether somebody has more chats than he may or a chat has two agents.
package nodes

import (
	"context"
	"database/sql"
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
	Seed    uint64
	Nodes   int
	Clients int
	Chats   int
	Agents  int
	Method  string
	Kill    time.Duration // a node dies about this often; 0: none does
}

// Report is what happened, and what must be empty.
type Report struct {
	Chats, Served, Moves, Kills, Snapshots int
	Longest                                time.Duration // wait for an agent
	Broken                                 []string
}

// run is what all share.
type run struct {
	plan     Plan
	database *sql.DB
	nodes    []*server.Server
	up       []atomic.Bool
	agents   map[string]*people.Agent
	left     atomic.Int64     // chats to be begun
	waits    map[string]*wait // by the room; only watch writes it
	mu       sync.Mutex
	report   Report
}

// Departments are founded beside the public queue.
var Departments = []string{"help", "sales", "tech"}

// AgentName is the user name and the id of agent i.
func AgentName(i int) string { return fmt.Sprintf("agent%02d", i) }

// Limit is how many chats agent i may have: 1 to 3.
func Limit(i int) int { return 1 + i%3 }

// Run carries out the plan on nodes that run and agents who are signed in.
func Run(ctx context.Context, p Plan, database *sql.DB, nodes []*server.Server, agents map[string]*people.Agent) (Report, error) {
	r := &run{plan: p, database: database, nodes: nodes, up: make([]atomic.Bool, len(nodes)), agents: agents, waits: map[string]*wait{}}
	r.left.Store(int64(p.Chats))
	for i := range r.up {
		r.up[i].Store(true)
	}
	working, done := context.WithCancel(ctx)
	var beside, clients sync.WaitGroup
	beside.Go(func() { r.watch(working) })
	var killing error
	beside.Go(func() { killing = r.kill(working) })
	for i := range p.Clients {
		clients.Go(func() { r.client(ctx, i) })
	}
	clients.Wait()
	done()
	beside.Wait()
	if killing != nil {
		return r.report, killing
	}
	return r.report, r.judge(ctx)
}

func (r *run) wrong(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.report.Broken) < 100 {
		r.report.Broken = append(r.report.Broken, fmt.Sprintf(format, args...))
	}
}

func (r *run) count(what *int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	*what++
}

// kill kills and restarts nodes, never all at once.
func (r *run) kill(ctx context.Context) error {
	if r.plan.Kill == 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(r.plan.Seed, 0))
	for {
		if people.Sleep(ctx, r.plan.Kill/2+time.Duration(random.Int64N(int64(r.plan.Kill)))) != nil {
			return nil
		}
		i := random.IntN(len(r.nodes))
		r.up[i].Store(false)
		if err := r.nodes[i].Kill(); err != nil {
			return err
		}
		r.count(&r.report.Kills)
		_ = people.Sleep(ctx, time.Duration(random.Int64N(int64(time.Second))))
		if err := r.nodes[i].Start(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		r.up[i].Store(true)
	}
}

// node is one that is up, as far as anybody knows.
func (r *run) node(random *rand.Rand) *people.Server {
	for {
		if i := random.IntN(len(r.nodes)); r.up[i].Load() || random.IntN(50) == 0 {
			return &r.nodes[i].Server
		}
	}
}

// client has one chat after the other until enough were had.
func (r *run) client(ctx context.Context, i int) {
	random := rand.New(rand.NewPCG(r.plan.Seed, uint64(i+1)))
	for n := 0; r.left.Add(-1) >= 0 && ctx.Err() == nil; n++ {
		c := &talk{run: r, random: random}
		if err := c.hold(ctx, fmt.Sprintf("visitor-%d-%d", i, n)); err != nil {
			r.wrong("client %d: %v", i, err)
		}
		r.count(&r.report.Chats)
	}
}

// talk is one chat, with both of its sides.
type talk struct {
	*run
	random  *rand.Rand
	visitor *people.Visitor
}

// any repeats an act on whatever node is there until its outcome is known.
func (t *talk) any(ctx context.Context, act func(context.Context, *people.Server) error) error {
	return people.Insist(ctx, func(ctx context.Context) error { return act(ctx, t.node(t.random)) })
}

// asVisitor is an act of the visitor.
func (t *talk) asVisitor(ctx context.Context, act func(context.Context, *people.Visitor) error) error {
	return t.any(ctx, func(ctx context.Context, s *people.Server) error { return act(ctx, t.visitor.At(s)) })
}

// asAgent is a request of an agent; that it is refused is no fault.
func (t *talk) asAgent(ctx context.Context, agent, path string, body map[string]any) error {
	err := t.any(ctx, func(ctx context.Context, s *people.Server) error {
		return t.agents[agent].At(s).Call(ctx, "POST", "/api/v1/"+path, body, nil)
	})
	if _, refused := err.(*people.Refused); refused {
		return nil
	}
	return err
}

func (t *talk) hold(ctx context.Context, name string) error {
	if err := t.open(ctx, name); err != nil {
		return err
	}
	if t.random.IntN(20) == 0 {
		return t.leave(ctx)
	}
	for moves := 0; ; moves++ {
		agent, err := t.served(ctx)
		if err != nil {
			return err
		}
		if moves == 0 {
			t.count(&t.report.Served)
		}
		if err := t.asAgent(ctx, agent, "chat.sendMessage", map[string]any{"message": map[string]any{"rid": t.visitor.Room.ID, "msg": "hello"}}); err != nil {
			return err
		}
		_ = people.Sleep(ctx, time.Duration(t.random.IntN(400))*time.Millisecond)
		if moves == 3 || t.random.IntN(3) > 0 {
			return t.end(ctx, agent)
		}
		t.count(&t.report.Moves)
		if err := t.move(ctx, agent); err != nil {
			return err
		}
	}
}

func (t *talk) open(ctx context.Context, name string) error {
	err := t.any(ctx, func(ctx context.Context, s *people.Server) (err error) {
		t.visitor, err = s.NewVisitor(ctx, name)
		return err
	})
	if i := t.random.IntN(len(Departments) + 1); err == nil && i > 0 {
		err = t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error {
			return v.Prefer(ctx, chat.DepartmentID(Departments[i-1]))
		})
	}
	if err != nil {
		return err
	}
	return t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error {
		err := v.Open(ctx)
		t.visitor.Room = v.Room
		return err
	})
}

// served waits for an agent.
func (t *talk) served(ctx context.Context) (agent string, err error) {
	began := time.Now()
	for agent == "" {
		var open bool
		err = t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) (err error) {
			agent, open, err = v.Served(ctx)
			return err
		})
		if err == nil && !open {
			err = fmt.Errorf("room %s was closed by somebody", t.visitor.Room.ID)
		}
		if err == nil && agent == "" {
			err = people.Sleep(ctx, time.Duration(100+t.random.IntN(150))*time.Millisecond)
		}
		if err != nil {
			return "", err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.report.Longest = max(t.report.Longest, time.Since(began))
	return agent, nil
}

func (t *talk) leave(ctx context.Context) error {
	err := t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error { return v.Close(ctx) })
	if _, refused := err.(*people.Refused); refused {
		return nil // an earlier attempt was carried out
	}
	return err
}

func (t *talk) end(ctx context.Context, agent string) error {
	if t.random.IntN(2) == 0 {
		return t.leave(ctx)
	}
	if err := t.asAgent(ctx, agent, "livechat/room.closeByUser", map[string]any{"rid": t.visitor.Room.ID, "comment": "done"}); err != nil {
		return err
	}
	return t.leave(ctx) // the agent may have lost the room meanwhile
}

// move is what an agent does instead of serving.
func (t *talk) move(ctx context.Context, agent string) error {
	room := map[string]any{"roomId": t.visitor.Room.ID, "clientAction": true}
	switch t.random.IntN(4) {
	case 0:
		return t.asAgent(ctx, agent, "livechat/inquiries.returnAsInquiry", map[string]any{"roomId": t.visitor.Room.ID})
	case 1:
		room["userId"] = AgentName(t.random.IntN(len(t.agents)))
		return t.asAgent(ctx, agent, "livechat/room.forward", room)
	case 2:
		room["departmentId"] = Departments[t.random.IntN(len(Departments))]
		return t.asAgent(ctx, agent, "livechat/room.forward", room)
	}
	if err := t.asAgent(ctx, agent, "livechat/room.onHold", map[string]any{"roomId": t.visitor.Room.ID}); err != nil {
		return err
	}
	_ = people.Sleep(ctx, time.Duration(t.random.IntN(500))*time.Millisecond)
	return t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error {
		_, err := v.Say(ctx, fmt.Sprintf("%s-back", v.Room.ID), "back again")
		if _, refused := err.(*people.Refused); refused {
			return nil
		}
		return err
	})
}
