package routing

import (
	"fmt"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// reason says in a sentence what decided. It is for people who read how a chat was
// routed; screens in other languages make their own from the codes.
func reason(c Case, v Verdict) string {
	text := settled(c, v)
	if len(v.Path) == 0 {
		return text
	}
	return fmt.Sprintf("%s, since nobody was there in %s", text, c.names(v.Path))
}

func settled(c Case, v Verdict) string {
	who := c.display(v.Agent)
	switch v.Rule {
	case RuleMethod:
		return chosen(c, v)
	case RuleBot:
		return who + " is the bot whose turn it is: new chats go to bots first"
	case RuleMoved:
		return "Waits in " + c.called(v.Department)
	case RuleRefused:
		return refusals[v.Error]
	}
	if text, ok := preferences[Source(v.Rule)]; ok {
		return who + " " + text
	}
	return waits[v.Rule] + afterwards(c, v)
}

// preferences say why the agent was preferred.
var preferences = map[Source]string{
	SourceRequested: "was asked for",
	SourceOffered:   "was shown to the visitor as the next agent",
	SourceManager:   "is the visitor's contact manager",
	SourceLast:      "is the agent the visitor had last",
	SourceClosed:    "served the visitor's last chat",
	SourceDefault:   "is the agent preferred for this chat",
	SourceWished:    "was named when the chat was forwarded",
}

// waits say why a chat waits.
var waits = map[Rule]string{
	RuleManual:  "Waits until an agent takes it",
	RuleQueue:   "Waits for its turn in the queue",
	RuleFull:    "Waits: every agent who is there has as many chats as allowed",
	RuleDelayed: "Waits a moment: the agents who have room were just given a chat",
	RuleNobody:  "Nobody is available",
	RuleSilent:  "Waits: the external service named nobody who is available",
	RuleOffline: "Waits in a department that receives chats while nobody is there",
}

// refusals say why a forward is not possible.
var refusals = map[string]string{
	errNotAllowed:    "The chat's department may not forward to that department",
	errSame:          "The chat is in that department already",
	errNoDepartment:  "There is no such department, or it takes no chats",
	errWishedOffline: "The agent who was named is not available",
	errWishedOutside: "The agent who was named is not a member of the department",
	errNoneThere:     "Nobody is available there or in its fallback departments",
}

func afterwards(c Case, v Verdict) string {
	if v.Wish == "" {
		return ""
	}
	return "; " + c.display(v.Wish) + " is preferred"
}

// chosen says what told the agent from the others.
func chosen(c Case, v Verdict) string {
	who, among := c.display(v.Agent), fmt.Sprintf("of %d agents who could have had it", v.Among)
	a, _ := c.find(v.Agent)
	if c.Rules.Method == external.name {
		return "The external service named " + who
	}
	switch v.Tie {
	case TieOnly:
		if slices.ContainsFunc(v.Rulings, func(r Ruling) bool { return r.Out == OutFull || r.Out == OutDelayed }) {
			return who + " is the only available agent who may have another chat now"
		}
		return who + " is the only available agent"
	case TieReturned:
		return who + " is the only available agent who did not give it back"
	case TieCount:
		return fmt.Sprintf("It is the turn of %s: the smallest counter (%d) %s", who, counters(c)[v.Agent], among)
	case TieOrder:
		return fmt.Sprintf("It is the turn of %s: first by rank %s", who, among)
	case TieLoad:
		load := a.Load
		if c.Queue != "" {
			load = a.Local
		}
		return fmt.Sprintf("%s has the fewest open chats (%d) %s", who, load, among)
	case TieRouted:
		return fmt.Sprintf("%s has waited longest for a chat %s", who, among)
	}
	return fmt.Sprintf("%s is first by name %s; all else is equal", who, among)
}

// display is how people know an agent.
func (c Case) display(id chat.AgentID) string {
	a, ok := c.find(id)
	switch {
	case !ok:
		return string(id)
	case a.Name != "":
		return a.Name
	}
	return a.Username
}

// called is how people know a department.
func (c Case) called(id chat.DepartmentID) string {
	if d, ok := c.department(id); ok {
		return d.Name
	}
	return "the public queue"
}

// names lists departments.
func (c Case) names(ids []chat.DepartmentID) (list string) {
	for i, id := range ids {
		if i > 0 {
			list += ", "
		}
		list += c.called(id)
	}
	return list
}
