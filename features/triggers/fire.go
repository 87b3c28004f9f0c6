package triggers

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
)

// Firing is a trigger that fires in a browser of our own widget.
type Firing struct {
	Trigger    chat.TriggerID
	Secret     string // of a visitor who has acted, or empty
	Visit      string // the browser's name for its page load
	Site       chat.SiteID
	Department chat.DepartmentID // the chat would go to
	About      []Pair
}

// Said is what is shown: by whom, and the texts of an external service.
type Said struct {
	Sender   *chat.AgentView `json:"sender,omitempty" doc:"None: the name of the action, or of the site."`
	Contents []Content       `json:"contents,omitempty"`
}

// Fire finds what a firing trigger needs from here: the agent in whose name it speaks
// and the texts of its service. Nothing is stored, and no counter of routing moves.
func (s *Service) Fire(ctx context.Context, f Firing) (said Said, err error) {
	t, err := s.Find(ctx, f.Trigger)
	if err != nil {
		return said, err
	}
	if t == nil || !t.Enabled || len(t.Actions) == 0 {
		return said, fault.Text(fault.Invalid, "Invalid trigger")
	}
	v, err := s.visitor(ctx, f)
	if err != nil {
		return said, err
	}
	if t.Actions[0].Params.Sender != chat.SenderCustom {
		if said.Sender, err = s.sender(ctx, v); err != nil {
			return said, err
		}
	}
	if !slices.ContainsFunc(t.Actions[:1], func(a chat.Action) bool { return a.Name == chat.UseExternalService }) {
		return said, nil
	}
	said.Contents, err = s.Call(ctx, f.Trigger, v.Token, f.About)
	return said, err
}

// visitor is who is there: for services a visitor without a session is his page load.
func (s *Service) visitor(ctx context.Context, f Firing) (v chat.Visitor, err error) {
	v = chat.Visitor{Site: f.Site, Token: f.Visit}
	if v.Site == "" {
		v.Site = chat.DefaultSite
	}
	if f.Secret != "" {
		a, err := s.Guests.BySecret(ctx, f.Secret)
		if err != nil {
			return v, err
		}
		if v, err = visitorOf(ctx, s.DB, a.Visitor); err != nil {
			return v, err
		}
	}
	if f.Department == "" {
		return v, nil
	}
	if there, err := departmentExists(ctx, s.DB, f.Department); err != nil || !there {
		return v, err
	}
	v.Department = f.Department
	return v, nil
}

// sender is the agent who would get the chat. Where agents choose chats themselves
// nobody can be shown, and the trigger does not run (lifecycle 21).
func (s *Service) sender(ctx context.Context, v chat.Visitor) (*chat.AgentView, error) {
	agent, err := s.Agents.Upcoming(ctx, v)
	if err == nil && agent == nil && s.Settings.Current().RoutingMethod == chat.RoutingManual {
		err = fault.New(fault.Invalid, "no-agent-online", "Sorry, no online agents")
	}
	return agent, err
}
