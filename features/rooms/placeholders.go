package rooms

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
)

// filledIn replaces the placeholders of what staff write by what is known of the
// visitor and of the agent who serves (canned-responses.md 5). While nobody serves, or
// canned responses are off, they stay as typed.
func (s *Service) filledIn(ctx context.Context, l *ledger, text string) (string, error) {
	if l.room.ServedBy == nil || !strings.Contains(text, "{{") || !s.Settings.Current().CannedResponses {
		return text, nil
	}
	v, err := orZero(visitorCard(ctx, l.tx, l.room.V.ID))
	if err != nil {
		return text, err
	}
	a, err := orZero(agentView(ctx, l.tx, l.room.ServedBy.ID, l.tx.Now()))
	if text = filled(text, v, a); utf8.RuneCountInString(text) > s.Settings.Current().AgentMessageLimit() {
		return text, errTooLong()
	}
	return text, err
}

// filled inserts values as they are: a value is not searched again, a missing one is
// empty.
func filled(text string, v chat.Visitor, a chat.AgentView) string {
	var email, phone, agent string
	if len(v.VisitorEmails) > 0 {
		email = v.VisitorEmails[0].Address
	}
	if len(v.Phone) > 0 {
		phone = v.Phone[0].PhoneNumber
	}
	if len(a.Emails) > 0 {
		agent = a.Emails[0].Address
	}
	return strings.NewReplacer("{{contact.name}}", v.Name, "{{contact.email}}", email, "{{contact.phone}}", phone,
		"{{agent.name}}", a.Name, "{{agent.email}}", agent).Replace(text)
}
