package departments

import (
	"math"
	"net/mail"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
)

// Draft is what a department shall be (departments.md 2). Its other fields are
// those of clients we do not know; what the server computes is not taken from it.
type Draft struct {
	Enabled            bool                `json:"enabled" required:"true"`
	Name               string              `json:"name" required:"true" maxLength:"255"`
	Description        string              `json:"description" maxLength:"5000"`
	ShowOnRegistration bool                `json:"showOnRegistration" required:"true"`
	Email              string              `json:"email" required:"true" maxLength:"2000" doc:"An address, or several with commas."`
	ShowOnOfflineForm  bool                `json:"showOnOfflineForm" required:"true"`
	OfflineChannel     string              `json:"offlineMessageChannelName" maxLength:"255"`
	RequestTag         bool                `json:"requestTagBeforeClosingChat"`
	RequestTags        bool                `json:"requestTagsBeforeClosingChat" doc:"Another spelling of requestTagBeforeClosingChat."`
	ClosingTags        []string            `json:"chatClosingTags" empty:"null" maxItems:"100" maxLength:"255"`
	Fallback           chat.DepartmentID   `json:"fallbackForwardDepartment" maxLength:"64"`
	ForwardTo          []chat.DepartmentID `json:"departmentsAllowedToForward" empty:"null" maxItems:"1000" maxLength:"64" doc:"None: all."`
	ReceiveOffline     bool                `json:"allowReceiveForwardOffline"`
	MaxChats           int64               `json:"maxNumberSimultaneousChat" empty:"null" max:"1000000" doc:"Of an agent; 0 or less: not set."`
	AbandonSeconds     int64               `json:"visitorInactivityTimeoutInSeconds" empty:"null" max:"31536000" doc:"0 or less: not set."`
	AbandonMessage     string              `json:"abandonedRoomsCloseCustomMessage" maxLength:"5000"`
	WaitingMessage     string              `json:"waitingQueueMessage" maxLength:"5000"`
	Extra              map[string]any      `json:"-" extra:"true"`
}

// computed are fields of a department that nobody sends.
var computed = []string{"_id", "numAgents", "archived", "type", "_updatedAt", "parentId", "ancestors", "businessHourId"}

// apply puts the draft into the record, or says what is wrong with it.
func (n Draft) apply(d *Department) error {
	d.Name, d.Description, d.Enabled = strings.TrimSpace(n.Name), n.Description, n.Enabled
	d.ShowOnRegistration, d.ShowOnOfflineForm = n.ShowOnRegistration, n.ShowOnOfflineForm
	d.OfflineChannel = strings.TrimPrefix(strings.TrimSpace(n.OfflineChannel), "#")
	d.RequestTag, d.ClosingTags = n.RequestTag || n.RequestTags, tidy(n.ClosingTags)
	d.Fallback, d.ForwardTo, d.ReceiveOffline = n.Fallback, n.ForwardTo, n.ReceiveOffline
	d.MaxChats, d.AbandonSeconds = max(n.MaxChats, 0), max(n.AbandonSeconds, 0)
	d.AbandonMessage, d.WaitingQueueMessage = n.AbandonMessage, n.WaitingMessage
	if err := n.addresses(d); err != nil {
		return err
	}
	switch {
	case d.Name == "":
		return fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("department.name")
	case d.RequestTag && len(d.ClosingTags) == 0:
		return fault.New(fault.Invalid, "error-validating-department-chat-closing-tags",
			"At least one closing tag is required when the department requires tags on closing conversations").At("department.chatClosingTags")
	case d.Archived && d.Enabled:
		return fault.New(fault.Invalid, "error-archived-department-cant-be-enabled", "Archived departments can't be enabled").At("department.enabled")
	}
	return n.extra(d)
}

// tidy trims the tags and leaves out empty ones and repetitions.
func tidy(tags []string) []string {
	var all []string
	for _, t := range tags {
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

func (n Draft) addresses(d *Department) error {
	var all []string
	for a := range strings.SplitSeq(n.Email, ",") {
		a = strings.TrimSpace(a)
		if !isAddress(a) {
			return fault.New(fault.Invalid, "error-invalid-email", "Invalid email "+a).At("department.email")
		}
		all = append(all, a)
	}
	d.Email = strings.Join(all, ", ")
	return nil
}

func isAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= 254 && !strings.ContainsAny(text, " \t\r\n\"")
}

// extraMost is how many fields of their own clients may store.
const (
	extraMost   = 50
	extraLength = 5000
)

// extra stores the fields of clients; null takes one away, and one not named stays.
func (n Draft) extra(d *Department) error {
	kept := map[string]any{}
	for name, v := range d.Extra {
		kept[name] = v
	}
	for name, v := range n.Extra {
		if slices.Contains(computed, name) {
			continue
		}
		if v == nil {
			delete(kept, name)
			continue
		}
		if !storable(name, v) {
			return fault.New(fault.Invalid, "invalid-params", "must be a text, a whole number or a boolean").At("department." + name)
		}
		kept[name] = v
	}
	if len(kept) > extraMost {
		return fault.New(fault.Invalid, "invalid-params", "must NOT have more than 50 fields of its own").At("department")
	}
	d.Extra = kept
	return nil
}

func storable(name string, v any) bool {
	if name == "" || len(name) > 100 {
		return false
	}
	switch v := v.(type) {
	case string:
		return len(v) <= extraLength
	case bool:
		return true
	case float64:
		return v == math.Trunc(v) && math.Abs(v) <= 1<<53
	}
	return false
}
