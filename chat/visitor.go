package chat

import "github.com/foyerchat/foyer/platform/clock"

// Presence is what a person's connections show: online, away, busy or offline.
type Presence string

// The presences.
const (
	Online  Presence = "online"
	Away    Presence = "away"
	Busy    Presence = "busy"
	Offline Presence = "offline"
)

// Email is an address of a visitor.
type Email struct {
	Address string `json:"address"`
}

// Phone is a telephone number of a visitor.
type Phone struct {
	PhoneNumber string `json:"phoneNumber"`
}

// Visitor is the person on one device or channel (lifecycle 1.2).
type Visitor struct {
	ID            VisitorID         `json:"_id"`
	Site          SiteID            `json:"-"`
	Username      string            `json:"username"`
	Token         string            `json:"token,omitempty"`
	Name          string            `json:"name,omitempty"`
	TS            clock.Instant     `json:"ts"`
	Department    DepartmentID      `json:"department,omitempty"`
	Phone         []Phone           `json:"phone,omitempty"`
	VisitorEmails []Email           `json:"visitorEmails,omitempty"`
	Status        Presence          `json:"status,omitempty"`
	LastChat      *ChatRef          `json:"lastChat,omitempty"`
	LivechatData  map[string]string `json:"livechatData,omitempty"`
	RoomData      map[string]string `json:"-"` // values of room scope for his next room
	Activity      []string          `json:"activity,omitempty"`
	ContactID     ContactID         `json:"contactId,omitempty"`
	UserAgent     string            `json:"userAgent,omitempty"`
	IP            string            `json:"ip,omitempty"`
	Host          string            `json:"host,omitempty"`
	UpdatedAt     clock.Instant     `json:"_updatedAt"`

	ContactManager *ContactManager `json:"contactManager,omitempty"`
	Consent        *Consent        `json:"consent,omitempty"` // the latest; only staff see it
}

// Consent is what a visitor agreed to be done with his data (LC-REG-12).
type Consent struct {
	Text string        `json:"text"`
	At   clock.Instant `json:"at"`
}

// ContactManager is the agent a visitor goes to first (routing-and-queue 3).
type ContactManager struct {
	Username string `json:"username"`
}

// DisplayName is the name, or the username when there is none.
func (v Visitor) DisplayName() string {
	if v.Name != "" {
		return v.Name
	}
	return v.Username
}

// ChatRef points at a room and when it began.
type ChatRef struct {
	ID RoomID        `json:"_id"`
	TS clock.Instant `json:"ts"`
}

// VisitorView is the snapshot of a visitor that rooms and inquiries carry.
type VisitorView struct {
	ID            VisitorID     `json:"_id"`
	Username      string        `json:"username"`
	Token         string        `json:"token,omitempty"`
	Status        Presence      `json:"status,omitempty"`
	Name          string        `json:"name,omitempty"`
	Phone         []Phone       `json:"phone,omitempty"`
	Activity      []string      `json:"activity,omitempty"`
	LastMessageTS clock.Instant `json:"lastMessageTs,omitzero"`
}

// View is the snapshot of v.
func (v Visitor) View() VisitorView {
	return VisitorView{ID: v.ID, Username: v.Username, Token: v.Token, Status: v.Status,
		Name: v.Name, Phone: v.Phone, Activity: v.Activity}
}

// Correction is what staff knows better about a visitor; nil is left alone, an empty
// address or number removes the stored one. Data are values of custom fields.
type Correction struct {
	Name, Email, Phone *string
	Data               map[string]string
}

// Writes are the values as staff write them.
func (c Correction) Writes() []FieldWrite { return WritesOf(c.Data) }

// ActiveContacts is the counter of the visitors whom an agent answered in a month.
func ActiveContacts(month string) string { return "active contacts of " + month }
