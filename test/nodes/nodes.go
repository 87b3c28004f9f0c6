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
	breath   time.Duration    // the longest time between two looks at all; only watch writes it
	turn     time.Duration    // the longest wait for the turn to choose; only queueUp writes it
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
	beside.Go(func() { r.queueUp(working) })
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
