package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

// importRows bring in what a visitor said elsewhere.
func (s *Service) importRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/messages", rest.All("view-l-room"), "Write messages on behalf of a visitor, in his open room or a new one.",
			s.importMessages, rest.MaxBody(1<<20), rest.Errors("[invalid-token]", "Sorry, no online agents [no-agent-online]")),
	}
}

type importMessages struct {
	Visitor struct {
		Token string `json:"token" required:"true" minLength:"1" maxLength:"255"`
	} `json:"visitor" required:"true"`
	Messages []struct {
		Msg string `json:"msg" required:"true"`
	} `json:"messages" required:"true" minItems:"1" maxItems:"100"`
}

type importedMessages struct {
	Messages []importedMessage `json:"messages"`
}

type importedMessage struct {
	Username string        `json:"username"`
	Msg      string        `json:"msg"`
	TS       clock.Instant `json:"ts"`
}

func (s *Service) importMessages(ctx context.Context, r importMessages) (out importedMessages, err error) {
	a, err := s.byToken(ctx, r.Visitor.Token)
	if err != nil {
		return out, err
	}
	for _, m := range r.Messages { // all or none: nothing is opened for a text that would be refused
		if err := s.fitForVisitor(Saying{Msg: m.Msg}); err != nil {
			return out, err
		}
	}
	room, _, err := s.Open(ctx, Opening{Visitor: a.Visitor, Source: chat.Source{Type: chat.SourceAPI}})
	if err != nil {
		return out, err
	}
	for _, m := range r.Messages {
		said, err := s.Say(ctx, a, Saying{RID: room.ID, Msg: m.Msg})
		if err != nil {
			return out, err
		}
		out.Messages = append(out.Messages, importedMessage{Username: a.Username, Msg: said.Msg, TS: said.TS})
	}
	return out, nil
}
