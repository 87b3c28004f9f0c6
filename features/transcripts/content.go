package transcripts

import (
	"cmp"
	"fmt"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// entry is one message of a transcript.
type entry struct {
	at     time.Time
	author string // empty: a system line
	own    bool   // the visitor's
	text   string
	files  []chat.FileRef
}

// manner is how a transcript is written.
type manner struct {
	texts      sentences
	zone       *time.Location
	visitor    string // what the visitor is called
	hideAgents bool
	system     bool // with system lines
	hides      func(chat.MessageType) bool
}

// entries are the messages as a transcript has them (LC-TRS-6).
func (m manner) entries(all []chat.Message) (out []entry) {
	for _, one := range all {
		e := entry{at: one.TS.Time().In(m.zone), text: one.Text(), files: one.Files}
		switch {
		case one.System():
			line, shown := m.line(one)
			if !shown || !m.system || m.hides(one.T) {
				continue
			}
			e.text, e.files = line, nil
		case one.ByVisitor():
			e.author, e.own = m.visitor, true
		case m.hideAgents:
			e.author = m.texts.agent
		default:
			e.author = nameOf(one.U)
		}
		for _, a := range one.Attachments {
			if said := cmp.Or(a.Description, a.Text); said != "" {
				e.text = joinLines(e.text, said)
			}
		}
		out = append(out, e)
	}
	return out
}

func nameOf(u chat.Sender) string {
	if u.Name != "" {
		return u.Name
	}
	return u.Username
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// line is a system message in words; most kinds are nobody's business.
func (m manner) line(one chat.Message) (string, bool) {
	who := nameOf(one.U)
	if m.hideAgents {
		who = m.texts.agent
	}
	switch one.T {
	case chat.MessageJoined:
		return fmt.Sprintf(m.texts.joined, who), true
	case chat.MessageLeft:
		return fmt.Sprintf(m.texts.left, who), true
	case chat.MessageTransfer, chat.MessageTransferFallback:
		return m.moved(one.TransferData), true
	case chat.MessageOnHold:
		return m.texts.held, true
	case chat.MessageResumed:
		return m.texts.resumed, true
	case chat.MessageSLA:
		return m.texts.sla, true
	}
	return "", false
}

func (m manner) moved(data map[string]any) string {
	for _, key := range []string{"nextDepartment", "transferredTo"} {
		to, _ := data[key].(map[string]any)
		name, _ := to["name"].(string)
		if name == "" {
			name, _ = to["username"].(string)
		}
		if key == "transferredTo" && m.hideAgents && to != nil {
			name = m.texts.agent
		}
		if name != "" {
			return fmt.Sprintf(m.texts.handedTo, name)
		}
	}
	return m.texts.queued
}
