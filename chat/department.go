package chat

import (
	"bytes"

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

// WithUnit completes the department's JSON: of one that has left its unit, the two
// fields are null instead of absent (rest-api.md 4.7).
func (d Department) WithUnit(object []byte) []byte {
	if d.Unit != "" || !d.HadUnit {
		return object
	}
	return append(bytes.TrimSuffix(object, []byte("}")), `,"parentId":null,"ancestors":null}`...)
}
