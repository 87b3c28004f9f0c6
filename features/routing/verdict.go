package routing

import "github.com/foyerchat/foyer/chat"

// Verdict is what follows from a Case.
type Verdict struct {
	Department chat.DepartmentID   `json:"department,omitempty"` // where the chat is afterwards
	Path       []chat.DepartmentID `json:"path,omitempty"`       // departments it passed because nobody was there
	Agent      chat.AgentID        `json:"agent,omitempty"`      // empty: it waits, or Error
	Wish       chat.AgentID        `json:"wish,omitempty"`       // who is preferred while it waits
	Rule       Rule                `json:"rule"`
	Tie        Tie                 `json:"tie,omitempty"`   // what told the agent from the others
	Among      int64               `json:"among,omitempty"` // how many could have had it
	Error      string              `json:"error,omitempty"` // it is refused with this code
	Reason     string              `json:"reason"`          // a sentence for people
	Rulings    []Ruling            `json:"rulings,omitempty"`

	Counts []Count `json:"-"` // counters to store
	Routed int64   `json:"-"` // when, for the load methods
	Rests  bool    `json:"-"` // Wish was just given one and is waited for
	Free   int64   `json:"-"` // how many could still have another chat of the queue
	Held   int64   `json:"-"` // when the first of those who just got one may have another
}

// Rule is what settled it.
type Rule string

// The rules. A Source is one too, when a preferred agent gets the chat.
const (
	RuleBot     Rule = "bot"
	RuleMethod  Rule = "method"
	RuleManual  Rule = "manual"   // waits until somebody takes it
	RuleQueue   Rule = "queue"    // waits for its turn
	RuleFull    Rule = "full"     // waits: all who are there have as many chats as they may have
	RuleDelayed Rule = "delayed"  // waits: who could was just given one
	RuleNobody  Rule = "nobody"   // waits, or refused: nobody is there
	RuleSilent  Rule = "silent"   // waits: the external service named nobody who can
	RuleMoved   Rule = "moved"    // waits in the fallback department: nobody is there in its own
	RuleOffline Rule = "offline"  // forwarded to a department that receives while nobody is there
	RuleRefused Rule = "refused"  // a forward is not possible
	RuleTaken   Rule = "taken"    // a person took it
	RuleReturn  Rule = "returned" // a person gave it back
	RuleClosed  Rule = "closed"   // a timer or another rule of the server closed it; Reason says which
	RuleGiven   Rule = "assigned" // a person gave it to somebody
)

// Tie is what told the chosen agent from the others who could have had the chat.
type Tie string

// The ties.
const (
	TieOnly     Tie = "only"     // there was no other
	TieCount    Tie = "count"    // the smallest counter
	TieOrder    Tie = "order"    // the smaller rank in the department
	TieLoad     Tie = "load"     // the fewest open chats
	TieRouted   Tie = "routed"   // waited longest for a chat
	TieUsername Tie = "username" // first by username
	TieReturned Tie = "returned" // the others had given it back
)

// Ruling says what ruled an agent out; an empty Out: he could have had the chat.
type Ruling struct {
	Agent chat.AgentID `json:"agent"`
	Out   Out          `json:"out,omitempty"`
	Has   int64        `json:"has,omitempty"`   // full: the chats he has
	Limit int64        `json:"limit,omitempty"` // full: of how many
}

// Count is an agent's counter of the round robin as it is to be stored.
type Count struct {
	Agent chat.AgentID
	Count int64
}

// Decision is what is recorded: a Verdict with what it followed from, or, without
// a Case, what a person decided.
type Decision struct {
	RID     chat.RoomID
	Kind    Kind
	Method  string
	Case    *Case
	Verdict Verdict
	By      chat.UserRef // who decided; the system user for a Case
}
