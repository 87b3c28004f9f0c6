package chat

import (
	"bytes"
	"encoding/json"
	"maps"

	"github.com/foyerchat/foyer/platform/clock"
)

// Department is a group of agents with a queue of its own (departments.md 2).
type Department struct {
	ID                 DepartmentID `json:"_id"`
	Site               SiteID       `json:"-"`
	Name               string       `json:"name"`
	Description        string       `json:"description,omitempty"`
	Email              string       `json:"email,omitempty"`
	Enabled            bool         `json:"enabled"`
	Archived           bool         `json:"archived,omitempty"`
	ShowOnRegistration bool         `json:"showOnRegistration"`
	ShowOnOfflineForm  bool         `json:"showOnOfflineForm"`

	OfflineChannel      string         `json:"offlineMessageChannelName,omitempty"`
	RequestTag          bool           `json:"requestTagBeforeClosingChat,omitempty"`
	ClosingTags         []string       `json:"chatClosingTags,omitempty"`
	Fallback            DepartmentID   `json:"fallbackForwardDepartment,omitempty"`
	ForwardTo           []DepartmentID `json:"departmentsAllowedToForward,omitempty"` // none: all
	ReceiveOffline      bool           `json:"allowReceiveForwardOffline"`
	MaxChats            int64          `json:"maxNumberSimultaneousChat,omitempty"`
	AbandonSeconds      int64          `json:"visitorInactivityTimeoutInSeconds,omitempty"`
	AbandonMessage      string         `json:"abandonedRoomsCloseCustomMessage,omitempty"`
	WaitingQueueMessage string         `json:"waitingQueueMessage,omitempty"`
	BusinessHour        HourID         `json:"businessHourId,omitempty"`
	Unit                UnitID         `json:"parentId,omitempty" null:"true"`
	Ancestors           []UnitID       `json:"ancestors,omitempty" null:"true"` // the unit, if any
	HadUnit             bool           `json:"-"`

	NumAgents int64         `json:"numAgents"`
	UpdatedAt clock.Instant `json:"_updatedAt"`
}

// TakesChats reports whether new chats may come into the department.
func (d Department) TakesChats() bool { return d.Enabled && !d.Archived }

// DepartmentView is a department as lists and single answers show it.
type DepartmentView struct {
	Department
	Type  string         `json:"type"` // always "d"
	Extra map[string]any `json:"-" extra:"true" doc:"Fields of clients."`
}

// MarshalJSON writes the fields of clients beside our own. Of a department that has left
// its unit the two fields are null instead of absent (rest-api.md 4.7).
func (d DepartmentView) MarshalJSON() ([]byte, error) {
	type plain DepartmentView
	b, err := json.Marshal(plain(d))
	if d.Unit == "" && d.HadUnit {
		b = append(bytes.TrimSuffix(b, []byte("}")), `,"parentId":null,"ancestors":null}`...)
	}
	if err != nil || len(d.Extra) == 0 {
		return b, err
	}
	all := maps.Clone(d.Extra)
	own := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &own); err != nil {
		return nil, err
	}
	for name, v := range own {
		all[name] = v
	}
	return json.Marshal(all)
}
