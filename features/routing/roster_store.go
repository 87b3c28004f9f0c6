package routing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// roster lists the members of the department, of the public queue all agents, with
// what decides among them; of who is not there only why. Each table is read once, from
// one end to the other, and put together here: one question that joins them costs
// twice as much for a large team.
func roster(ctx context.Context, q db.Querier, w question) ([]Agent, error) {
	r := crew{q: q, w: w, at: map[chat.AgentID]int{}}
	for _, read := range []func(context.Context) error{r.people, r.accounts, r.members, r.roles, r.leases, r.loads, r.turns, r.chat} {
		if err := read(ctx); err != nil || len(r.all) == 0 {
			return nil, err
		}
	}
	found := r.judged()
	slices.SortFunc(found, func(a, b Agent) int { return strings.Compare(a.Username, b.Username) })
	return found, nil
}

// crew is a roster while it is put together.
type crew struct {
	q   db.Querier
	w   question
	all []person
	at  map[chat.AgentID]int // their places in all

	returned chat.AgentID // who gave the chat back
	shut     bool         // the department keeps hours of its own, and is outside them
}

// person is an agent with what his being there follows from.
type person struct {
	Agent
	active, agent, present, awake bool
	statusDefault                 chat.Presence
	switched                      chat.Availability
	readyAt, countedAt            int64
}

// among limits a question to those the roster is about, by the column of their ids.
func (r *crew) among(column string, args []any) (string, []any) {
	if r.w.department == "" && !r.w.only {
		return ``, args
	}
	where := ` AND ` + column + ` IN (SELECT `
	if r.w.only {
		where += `NULL`
	} else {
		args = append(args, r.w.department)
		where += `agent_id FROM department_agents WHERE department_id = ` + db.In(1, len(args))
	}
	for _, a := range r.w.more {
		args = append(args, a)
		where += ` UNION ALL SELECT ` + db.In(1, len(args))
	}
	return where + `)`, args
}

// each puts every row of an answer, of which the first column is an agent, where it
// belongs. Plain types are read quicker than named ones.
func (r *crew) each(ctx context.Context, into []any, put func(p *person), ask string, args ...any) error {
	var id string
	into = append([]any{&id}, into...)
	_, err := db.All(ctx, r.q, func(row db.Row) (none struct{}, err error) {
		if err := row.Scan(into...); err != nil {
			return none, err
		}
		if i, ok := r.at[chat.AgentID(id)]; ok {
			put(&r.all[i])
		}
		return none, nil
	}, ask, args...)
	return err
}

func (r *crew) people(ctx context.Context) (err error) {
	where, args := r.among(`user_id`, nil)
	r.all, err = db.All(ctx, r.q, func(row db.Row) (p person, err error) {
		p.New = true // until a counter is found
		p.Outside = r.w.department != ""
		return p, row.Scan(&p.ID, &p.switched, &p.Limit, &p.readyAt)
	}, `SELECT user_id, status_livechat, max_chats, ready_at FROM agents WHERE true`+where, args...)
	for i, p := range r.all {
		r.at[p.ID] = i
	}
	return err
}

func (r *crew) accounts(ctx context.Context) error {
	var username, name, status string
	var active bool
	where, args := r.among(`id`, nil)
	return r.each(ctx, []any{&username, &name, &active, &status}, func(p *person) {
		p.Username, p.Name, p.active, p.statusDefault = username, name, active, chat.Presence(status)
	}, `SELECT id, username, name, active, status_default FROM users WHERE true`+where, args...)
}

func (r *crew) members(ctx context.Context) error {
	if r.w.department == "" {
		return nil
	}
	var order int64
	return r.each(ctx, []any{&order}, func(p *person) { p.Outside, p.Order = false, order },
		`SELECT agent_id, position FROM department_agents WHERE department_id = $1`, r.w.department)
}

func (r *crew) roles(ctx context.Context) error {
	var role string
	where, args := r.among(`user_id`, nil)
	return r.each(ctx, []any{&role}, func(p *person) {
		p.agent, p.Bot = p.agent || role == chat.RoleAgent, p.Bot || role == chat.RoleBot
	}, `SELECT user_id, role FROM user_roles WHERE role IN ('livechat-agent', 'bot')`+where, args...)
}

func (r *crew) leases(ctx context.Context) error {
	var status string
	where, args := r.among(`user_id`, []any{r.w.now})
	return r.each(ctx, []any{&status}, func(p *person) { p.present, p.awake = true, p.awake || status == string(chat.Online) },
		`SELECT user_id, status FROM presence WHERE expires_at > $1`+where, args...)
}

func (r *crew) loads(ctx context.Context) error {
	var load, local int64
	where, args := r.among(`user_id`, []any{r.w.room, r.w.department})
	return r.each(ctx, []any{&load, &local}, func(p *person) { p.Load, p.Local = load, local },
		`SELECT user_id, `+counted+` FROM subscriptions WHERE NOT on_hold AND room_id <> $1`+where+` GROUP BY user_id`, args...)
}

// counted are an agent's load and his load in the department $2.
const counted = `count(*), count(*) FILTER (WHERE $2 <> '' AND department_id = $2)`

func (r *crew) turns(ctx context.Context) error {
	var queue string
	var count, countedAt, queuedAt, routedAt int64
	where, args := r.among(`agent_id`, []any{r.w.department})
	return r.each(ctx, []any{&queue, &count, &countedAt, &queuedAt, &routedAt}, func(p *person) {
		if queue == "" {
			p.Routed = routedAt // over all queues
		}
		if queue == string(r.w.department) {
			p.New, p.Count, p.Queued, p.countedAt = false, count, queuedAt, countedAt
		}
	}, `SELECT agent_id, department_id, count, counted_at, queue_at, routed_at FROM turns WHERE department_id IN ($1, '')`+where, args...)
}

// chat reads what concerns the very chat and its department.
func (r *crew) chat(ctx context.Context) error {
	err := r.q.QueryRow(ctx, `SELECT returned_by FROM inquiries WHERE room_id = $1`, r.w.room).Scan(&r.returned)
	if err != nil && !errors.Is(err, db.ErrNoRows) {
		return err
	}
	if r.w.department == "" || !r.w.strict {
		return nil
	}
	return r.q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM departments d JOIN business_hours h ON h.id = d.business_hour_id WHERE d.id = $1 AND NOT h.open)`,
		r.w.department).Scan(&r.shut)
}

// judged says who is there, and forgets of who is not what does not matter.
func (r *crew) judged() []Agent {
	found := make([]Agent, len(r.all))
	for i, p := range r.all {
		a := p.Agent
		if a.Out = p.out(r.w, r.shut); a.Out != "" {
			found[i] = Agent{ID: a.ID, Username: a.Username, Name: a.Name, Bot: a.Bot, Outside: a.Outside, Out: a.Out}
			continue
		}
		if p.readyAt > p.countedAt {
			a.Back = p.readyAt
		}
		a.Returned = a.ID == r.returned
		found[i] = a
	}
	return found
}

// out is the wording of lifecycle 2.3, conditions 1 to 4, that out in SQL is too.
func (p person) out(w question, shut bool) Out {
	switch {
	case !p.active || !p.agent:
		return OutInactive
	case p.switched != chat.Available:
		return OutSwitched
	case p.Bot:
		return ""
	case p.statusDefault == chat.Offline || !p.present:
		return OutOffline
	case !w.idle && !p.awake:
		return OutIdle
	case shut && !p.Outside:
		return OutHours
	}
	return ""
}
