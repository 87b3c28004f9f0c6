// Package chat is the vocabulary: the nouns of the product with their states
// and identifiers, the events that happen to them, permissions, settings and the
// pure rules about them. It does no I/O and knows no clock, database or HTTP.
//
// The words are those of the REST API, so the types carry its JSON names and are
// what travels over the wire. An absent value has no key: fields that may be
// absent are omitempty or omitzero.
package chat

// Identifiers are opaque text; a type each, so that they cannot be mixed up.
type (
	SiteID         string
	UserID         string
	AgentID        = UserID // an agent is a user
	SessionID      string
	VisitorID      string
	ContactID      string
	RoomID         string
	MessageID      string
	FileID         string
	InquiryID      string
	DepartmentID   string
	SubscriptionID string
	UnitID         string
	TagID          string
	PriorityID     string
	SLAID          string
	HourID         string
	DecisionID     string
	FieldID        string
	TriggerID      string
	CannedID       string
)

// DefaultSite is the site that exists from the first start.
const DefaultSite SiteID = "default"

// SystemUserID is the system user, who signs what the server does by itself.
const SystemUserID UserID = "rocket.cat"

// SystemUsername is his name; clients compare with both.
const SystemUsername = "rocket.cat"
