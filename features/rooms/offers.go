package rooms

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// Offer is something that was said to a visitor before he answered: by a trigger, or by
// the page itself. It becomes the beginning of the room (lifecycle 21).
type Offer struct {
	Trigger chat.TriggerID `json:"trigger" maxLength:"64" doc:"None: the page itself spoke."`
	Msg     string         `json:"msg" maxLength:"5000" doc:"What was shown; the text of a trigger's own message is the server's."`
	Name    string         `json:"name" maxLength:"100" doc:"In whose name."`
	User    string         `json:"user" maxLength:"100" doc:"The agent's username, where it is an agent's name."`

	known bool // by the server; else only the browser says so
}

// recall writes what was said before the room began. Nobody's duty to answer ends by it,
// and what only the browser knows is marked so.
func (s *Service) recall(ctx context.Context, l *ledger, offers []Offer) error {
	for _, o := range offers {
		m, err := s.recalled(ctx, l.tx, o)
		if errors.Is(err, errNothingSaid) {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := l.say(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

var errNothingSaid = errors.New("nothing was said")

func (s *Service) recalled(ctx context.Context, q db.Querier, o Offer) (chat.Message, error) {
	a := chat.Automatic{Trigger: o.Trigger, Claimed: !o.known}
	text, name, agent := o.Msg, o.Name, o.User
	if o.Trigger != "" {
		t, err := triggerNamed(ctx, q, o.Trigger)
		if errors.Is(err, db.ErrNoRows) || err == nil && len(t.Actions) == 0 {
			return chat.Message{}, errNothingSaid
		} else if err != nil {
			return chat.Message{}, err
		}
		act := t.Actions[0]
		a.Name = t.Name
		if act.Name == chat.SendMessage {
			text, a.Claimed = act.Params.Msg, false
		}
		if act.Params.Sender == chat.SenderCustom && act.Params.Name != nil {
			name, agent = *act.Params.Name, ""
		}
	}
	if strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > s.Settings.Current().AgentMessageLimit() {
		return chat.Message{}, errNothingSaid
	}
	sender := chat.Sender{ID: string(chat.SystemUserID), Username: chat.SystemUsername, Name: name}
	if name == "" {
		sender.Name = s.Settings.Current().Title
	}
	var err error
	if a.Agent, err = agentNamed(ctx, q, agent); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{Msg: text, U: sender, MessageExtra: chat.MessageExtra{Automatic: &a}}, nil
}

// invited is an opening with what an agent said on the visitor's page, in whose name
// the room then begins (livechatoo.md 10.13).
func (s *Service) invited(ctx context.Context, o Opening) (Opening, error) {
	if o.Page == "" {
		return o, nil
	}
	by, site, offer, err := invitation(ctx, s.DB, id.Hash(o.Page), o.Visitor, s.DB.Clock().Now())
	if errors.Is(err, db.ErrNoRows) {
		return o, nil
	} else if err != nil {
		return o, err
	}
	set, err := s.Sites.For(ctx, site)
	if err != nil {
		return o, err
	}
	if !set.ShowAgentInfo {
		offer.Name = ""
	}
	o.Agent, o.Shown, o.Initiator, o.Offers = by, true, chat.InitiatorOperator, append(slices.Clip(o.Offers), offer)
	return o, nil
}
