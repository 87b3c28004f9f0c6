package rooms

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of rooms.
func (s *Service) Rows() []rest.Endpoint {
	rows := append(s.visitorRows(), s.widgetRows()...)
	return slices.Concat(rows, s.staffRows(), s.moveRows(), s.infoRows(), s.listRows(), s.removalRows(), s.importRows(), s.videoCallRows(), s.searchRows())
}

// visitorRows are for clients that show a visitor's token.
func (s *Service) visitorRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/room", rest.Public, "The visitor's open room; opens one when there is none. Other keys of the query are kept with a new room, as its customFields: at most 50 texts of at most 1,000 characters.",
			s.openRoom, rest.MatchErrors(), rest.Paced("room"), rest.Errors("[invalid-token]", "[error-contact-channel-blocked]", "[error-unknown-contact]", "[invalid-room]", "Sorry, no online agents [no-agent-online]",
				"Invalid priority [error-invalid-priority]", "Invalid SLA [error-invalid-sla]")),
		rest.Row("POST", "/api/v1/livechat/visitor/department.transfer", rest.Public, "Forward one's own chat to another department.",
			s.visitorDepartment, rest.Paced("department-transfer"), rest.Errors("[invalid-token]", "[invalid-room]", "[room-closed]",
				"Not allowed [error-not-allowed]", "[error-forwarding-department-target-not-allowed]")),
		rest.Row("POST", "/api/v1/livechat/room.close", rest.Public, "Close a room as its visitor.",
			s.closeByVisitor, rest.Errors("[room-closed]", "[error-not-allowed-to-close-conversation]")),
		rest.Row("POST", "/api/v1/livechat/message", rest.Public, "Send a message as visitor; a repeat of its _id is harmless.",
			s.postMessage, rest.Errors("[invalid-token]", "[invalid-room]", "[room-closed]")),
		rest.Row("GET", "/api/v1/livechat/message/{_id}", rest.Public, "One message of the visitor's room.",
			s.readMessage, rest.Errors("invalid-message")),
		rest.Row("PUT", "/api/v1/livechat/message/{_id}", rest.Public, "Change one's own message.",
			s.putMessage, rest.Errors("invalid-message", "[error-action-not-allowed]")),
		rest.Row("DELETE", "/api/v1/livechat/message/{_id}", rest.Public, "Delete one's own message.",
			s.deleteMessage, rest.Errors("invalid-message", "[error-action-not-allowed]")),
		rest.Row("GET", "/api/v1/livechat/messages.history/{rid}", rest.Public, "The history of the visitor's room, newest first.",
			s.visitorHistory, rest.Errors("[invalid-token]", "[invalid-room]")),
	}
}

// byToken is the visitor whose token it is, or invalid-token (LC-TOK-2, LC-TOK-4).
func (s *Service) byToken(ctx context.Context, token string) (chat.Actor, error) {
	a, err := visitorActor(ctx, s.DB, token)
	if errors.Is(err, db.ErrNoRows) {
		return a, errInvalidToken()
	}
	return a, err
}

func (s *Service) showAgents() bool { return s.Settings.Current().ShowAgentInfo }
