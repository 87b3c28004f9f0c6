package routing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Replay asks for stored decisions to be made again, from their own facts.
type Replay struct {
	From, To clock.Instant              // From is in it, To is not
	With     map[string]json.RawMessage // settings that are to be otherwise, by id
}

// Replayed is what came of it. The hashes are over all outcomes in their order.
type Replayed struct {
	Decisions, ByPeople, Identical, Different, Unknown int

	Stored, Now string
	Ignored     []string // settings whose effect is among the facts and cannot be replayed
}

// Difference is a decision that comes out otherwise.
type Difference struct {
	RID             chat.RoomID
	At              clock.Instant
	Was, Would, Why string
	Unknown         bool // it depends on what was not looked at then
}

const replayPage = 500

// Run makes the decisions of a stretch of time once more and tells of each that
// comes out otherwise. It writes nothing.
func (r Replay) Run(ctx context.Context, q db.Querier, tell func(Difference) error) (Replayed, error) {
	change, ignored, err := r.changes()
	if err != nil {
		return Replayed{}, err
	}
	run := replaying{change: change, tell: tell, stored: sha256.New(), now: sha256.New(), done: Replayed{Ignored: ignored}}
	for page := (stretch{from: r.From, to: r.To, limit: replayPage}); ; {
		found, err := decisionsBetween(ctx, q, page)
		if err != nil {
			return run.done, err
		}
		for _, k := range found {
			if err := run.again(k); err != nil {
				return run.done, fmt.Errorf("decision %s: %w", k.id, err)
			}
		}
		if len(found) < replayPage {
			return run.summary(), nil
		}
		page.after = found[len(found)-1]
	}
}

// replayable are the settings of Rules.
var replayable = []string{"Livechat_Routing_Method", "Livechat_waiting_queue", "Livechat_accept_chats_with_no_agents",
	"Livechat_assign_new_conversation_to_bot", "Omnichannel_contact_manager_routing", "Livechat_last_chatted_agent_routing",
	"Foyer_preferred_agent_after_bot", "Livechat_maximum_chats_per_agent", "Omnichannel_queue_delay_timeout", "Omnichannel_max_fallback_forward_depth"}

// changes reads the settings that are to be otherwise.
func (r Replay) changes() (change func(Rules) Rules, ignored []string, err error) {
	if len(r.With) == 0 {
		return nil, nil, nil
	}
	values := map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(r.With)) {
		d, ok := chat.SettingByID(id)
		if !ok {
			return nil, nil, fmt.Errorf("there is no setting %q", id)
		}
		value, err := d.Accept(r.With[id])
		if err != nil {
			return nil, nil, err
		}
		if slices.Contains(replayable, id) {
			values[id] = value
		} else {
			ignored = append(ignored, id)
		}
	}
	return func(rules Rules) Rules {
		s := rules.settings()
		for id, value := range values {
			d, _ := chat.SettingByID(id)
			s = d.With(s, value)
		}
		return rulesOf(s)
	}, ignored, nil
}

// replaying is a Replay in progress.
type replaying struct {
	change      func(Rules) Rules // nil: as it was
	tell        func(Difference) error
	stored, now hash.Hash
	done        Replayed
}

func (r *replaying) summary() Replayed {
	r.done.Stored, r.done.Now = hex.EncodeToString(r.stored.Sum(nil)), hex.EncodeToString(r.now.Sum(nil))
	return r.done
}

func (r *replaying) again(k kept) error {
	r.done.Decisions++
	a, err := unpack(k.facts)
	if err != nil {
		return err
	}
	if a.Case == nil || deciders[k.kind] == nil {
		r.done.ByPeople++
		return nil
	}
	c := *a.Case
	if r.change != nil {
		c.Rules = r.change(c.Rules)
	}
	v := decide(c)
	h := fingerprint(k.kind, v)
	io.WriteString(r.stored, k.hash)
	io.WriteString(r.now, h)
	if h == k.hash || r.change != nil && v.same(a.Verdict) {
		r.done.Identical++
		return nil
	}
	d := Difference{RID: k.rid, At: k.at, Was: a.Verdict.told(*a.Case), Would: v.told(c), Why: v.Reason}
	if r.change != nil && c.unlooked(v) {
		d.Unknown, d.Would, d.Why = true, "not known", "depends on what was not looked at then"
		r.done.Unknown++
	} else {
		r.done.Different++
	}
	return r.tell(d)
}

// same reports whether people would see no difference: with other settings others
// are ruled out for other reasons, and the same agent may still get the chat.
func (v Verdict) same(w Verdict) bool {
	return v.Agent == w.Agent && v.Department == w.Department && v.Error == w.Error && (v.Agent != "" || v.Wish == w.Wish)
}

// unlooked reports whether a verdict says that nobody is there only because
// nobody was looked for, or the external service was not asked.
func (c Case) unlooked(v Verdict) bool {
	members := slices.ContainsFunc(c.Agents, func(a Agent) bool { return !a.Outside })
	switch v.Rule {
	case RuleNobody:
		return !members
	case RuleSilent:
		return c.Answer == nil
	}
	return false
}

// told is the outcome in a few words.
func (v Verdict) told(c Case) string {
	switch {
	case v.Error != "":
		return "refused: " + v.Error
	case v.Agent != "":
		return c.display(v.Agent)
	}
	return "waits in " + c.called(v.Department)
}
