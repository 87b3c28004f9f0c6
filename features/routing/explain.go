package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// Sight knows who may see which room.
type Sight interface {
	// Visible finds a room the actor may see; any other is an error.
	Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error)
}

// Explained is a decision for people: what was decided, by what rule, and what
// ruled out whom.
type Explained struct {
	ID         chat.DecisionID `json:"_id"`
	At         clock.Instant   `json:"at"`
	Kind       Kind            `json:"kind,omitempty"`
	Method     string          `json:"method,omitempty"`
	Department *Place          `json:"department,omitempty"` // where the chat is afterwards
	Path       []Place         `json:"path,omitempty"`       // departments passed because nobody was there
	Agent      *chat.UserRef   `json:"agent,omitempty"`      // who got the chat
	Wish       *chat.UserRef   `json:"wish,omitempty"`       // who is preferred while it waits
	By         *chat.UserRef   `json:"by,omitempty"`         // the person who decided
	Rule       Rule            `json:"rule,omitempty"`
	Tie        Tie             `json:"tie,omitempty"`
	Among      int64           `json:"among,omitempty"` // how many could have had it
	Error      string          `json:"error,omitempty"` // refused with this code
	Reason     string          `json:"reason"`          // the sentence
	Candidates []Considered    `json:"candidates"`
	Rules      *Rules          `json:"rules,omitempty"`  // the settings that mattered
	Answer     *Answer         `json:"answer,omitempty"` // what the external service said
}

// Place is a department with its name of today.
type Place struct {
	ID   chat.DepartmentID `json:"_id"`
	Name string            `json:"name"`
}

// Considered is an agent who was looked at. Without Out he could have had the chat.
type Considered struct {
	Agent  chat.UserRef  `json:"agent"`
	Out    Out           `json:"out,omitempty"`
	Has    int64         `json:"has,omitempty"`   // full: the chats he has
	Of     int64         `json:"limit,omitempty"` // full: of how many
	Bot    bool          `json:"bot,omitempty"`
	Load   int64         `json:"load"`  // his open chats
	Local  int64         `json:"local"` // those of the department
	Count  int64         `json:"count"` // the round robin's counter
	Order  int64         `json:"order"` // rank in the department
	Routed clock.Instant `json:"routed,omitzero"`
}

// Explain answers why a room went to whom, decision by decision, oldest first.
func (s *Service) Explain(ctx context.Context, a chat.Actor, rid chat.RoomID) ([]Explained, error) {
	if _, _, err := s.Sight.Visible(ctx, a, rid); err != nil {
		return nil, err
	}
	all, err := decisionsOf(ctx, s.DB, rid)
	if err != nil {
		return nil, err
	}
	accounts := make([]account, len(all))
	var people []chat.UserID
	var places []chat.DepartmentID
	for i, k := range all {
		if accounts[i], err = unpack(k.facts); err != nil {
			return nil, err
		}
		people = append(people, k.agent, accounts[i].Verdict.Wish)
		places = append(append(places, k.department), accounts[i].Verdict.Path...)
	}
	known, err := namesFor(ctx, s.DB, people, places)
	explained := make([]Explained, len(all))
	for i, k := range all {
		explained[i] = explain(k, accounts[i], known)
	}
	return explained, err
}

func explain(k kept, a account, known names) Explained {
	e := Explained{ID: k.id, At: k.at, Kind: k.kind, Method: k.method, Reason: k.reason, By: a.By, Rule: a.Verdict.Rule, Tie: a.Verdict.Tie,
		Among: a.Verdict.Among, Error: a.Verdict.Error, Candidates: []Considered{}}
	if k.department != "" {
		e.Department = &Place{k.department, known.departments[k.department]}
	}
	for _, d := range a.Verdict.Path {
		e.Path = append(e.Path, Place{d, known.departments[d]})
	}
	e.Agent, e.Wish = known.person(k.agent), known.person(a.Verdict.Wish)
	if a.Case != nil {
		e.Rules, e.Answer = &a.Case.Rules, a.Case.Answer
		e.Candidates = considered(*a.Case, a.Verdict.Rulings)
	}
	return e
}

// person is nil for nobody; of who is gone only the id is left.
func (n names) person(id chat.UserID) *chat.UserRef {
	if id == "" {
		return nil
	}
	u, ok := n.people[id]
	if !ok {
		u = chat.UserRef{ID: id}
	}
	return &u
}

func considered(c Case, rulings []Ruling) []Considered {
	agents := make(map[chat.AgentID]Agent, len(c.Agents))
	for _, a := range c.Agents {
		agents[a.ID] = a
	}
	all := []Considered{}
	for _, r := range rulings {
		a := agents[r.Agent]
		all = append(all, Considered{Agent: chat.UserRef{ID: r.Agent, Username: a.Username, Name: a.Name}, Out: r.Out, Has: r.Has, Of: r.Limit,
			Bot: a.Bot, Load: a.Load, Local: a.Local, Count: a.Count, Order: a.Order, Routed: clock.Instant(a.Routed)})
	}
	return all
}

// AllRules lists every rule, for who makes sentences of them.
func AllRules() []Rule {
	return []Rule{Rule(SourceRequested), Rule(SourceOffered), Rule(SourceManager), Rule(SourceLast), Rule(SourceClosed), Rule(SourceDefault), Rule(SourceWished),
		RuleBot, RuleMethod, RuleManual, RuleQueue, RuleMoved, RuleFull, RuleDelayed, RuleNobody, RuleSilent, RuleOffline, RuleRefused, RuleTaken, RuleGiven, RuleReturn, Rule(chat.ReturnUnresumed), Rule(chat.ReturnGone), RuleClosed}
}
