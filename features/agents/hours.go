package agents

import (
	"encoding/json"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// outside reports whether all of the agent's business hours are closed; bots keep none.
func (f facts) outside() bool { return f.bound && !f.bot && len(f.open) == 0 }

// openText is how the open hours are stored. Who becomes an agent while all are closed
// has no list yet (rest-api.md 13.1).
func (f facts) openText() string {
	if !f.bound || len(f.open) == 0 && f.announced == (state{}) {
		return ""
	}
	text, _ := json.Marshal(f.open) // strings
	return string(text)
}

// followHours lets the business hours act on the switch and reports whether they did
// (routing 11.3). Outside, an agent is not available. What opens makes those at the
// keyboard available whom the server had switched off; an agent's own choice stands.
func (f *facts) followHours() bool {
	switch {
	case f.outside() && f.switched == chat.Available:
		f.switched, f.systemModified = chat.NotAvailable, true
	case f.opens() && f.systemModified && f.active && f.agentRole && f.infer(true).status == chat.Online:
		f.switched, f.systemModified = chat.Available, false
	default:
		return false
	}
	return true
}

// opens reports whether an hour is open that was not.
func (f *facts) opens() bool {
	var had []chat.HourID
	if f.announced.open != "" && json.Unmarshal([]byte(f.announced.open), &had) != nil {
		return false
	}
	return f.bound && slices.ContainsFunc(f.open, func(id chat.HourID) bool { return !slices.Contains(had, id) })
}

// mayReturn reports whether something other than the hours may make the agent
// available: only inside, and only whom the server had switched off, but with
// business hours everybody who signs in (lifecycle 2.3). A connection is enough for
// those the hours opened for while they were not there.
func (f facts) mayReturn(cause chat.Cause) bool {
	switch {
	case f.statusDefault == chat.Offline || f.outside():
		return false
	case cause == chat.CauseConnected:
		return f.bound && f.systemModified
	default:
		return f.systemModified || f.bound && cause == chat.CauseSignedIn
	}
}
