package chat

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

// ConditionName says what a trigger waits for (lifecycle 21).
type ConditionName string

// The conditions.
const (
	OnPageURL           ConditionName = "page-url"                 // Value: an expression on the page's address
	OnTimeOnSite        ConditionName = "time-on-site"             // Value: seconds since the widget loaded
	OnChatOpened        ConditionName = "chat-opened-by-visitor"   // the visitor opened the widget
	OnGuestRegistration ConditionName = "after-guest-registration" // the visitor sent the form
)

// ActionName says what a trigger does.
type ActionName string

// The actions.
const (
	SendMessage        ActionName = "send-message"
	UseExternalService ActionName = "use-external-service"
)

// The senders of an action.
const (
	SenderQueue  = "queue"  // the agent who would get the chat
	SenderCustom = "custom" // the name of the action
)

// Condition is one thing that must be so; all of a trigger's must.
type Condition struct {
	Name  ConditionName   `json:"name" required:"true" enum:"time-on-site,page-url,chat-opened-by-visitor,after-guest-registration"`
	Value json.RawMessage `json:"value,omitempty" doc:"Text or number, as the condition needs."`
}

// ActionParams is what an action needs; which of them depends on it.
type ActionParams struct {
	Sender                 string   `json:"sender,omitempty" enum:"queue,custom"`
	Name                   *string  `json:"name,omitempty" maxLength:"100"`
	Msg                    string   `json:"msg,omitempty" maxLength:"5000"`
	ServiceURL             string   `json:"serviceUrl,omitempty" maxLength:"1000"`
	ServiceTimeout         *float64 `json:"serviceTimeout,omitempty" min:"0" max:"60000" doc:"Milliseconds; 0: 1000."`
	ServiceFallbackMessage *string  `json:"serviceFallbackMessage,omitempty" maxLength:"5000"`
}

// Action is what a trigger does.
type Action struct {
	Name   ActionName   `json:"name" required:"true" enum:"send-message,use-external-service"`
	Params ActionParams `json:"params" required:"true"`
}

// The most that a trigger may hold.
const (
	MaxPattern = 1000 // characters of an expression
	MaxOnSite  = 7 * 24 * 3600
)

// Text is the condition's value as text: a number in its shortest form.
func (c Condition) Text() string {
	var v any
	if json.Unmarshal(c.Value, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// Check refuses a condition whose value is of no use.
func (c Condition) Check() *fault.Fault {
	if len(c.Value) > 0 && !strings.ContainsRune(`"-0123456789`, rune(c.Value[0])) && string(c.Value) != "null" {
		return refused("conditions.value", "must be string,number")
	}
	text := c.Text()
	switch c.Name {
	case OnPageURL:
		if text == "" || len([]rune(text)) > MaxPattern {
			return refused("conditions.value", fmt.Sprintf("must be an expression of at most %d characters", MaxPattern))
		}
	case OnTimeOnSite:
		if n, err := strconv.ParseFloat(text, 64); err != nil || math.IsNaN(n) || n < 0 || n > MaxOnSite {
			return refused("conditions.value", "must be a number of seconds")
		}
	}
	return nil
}

// Check refuses an action that lacks what it needs (rest-api.md 20).
func (a Action) Check() *fault.Fault {
	p := a.Params
	if a.Name == SendMessage {
		switch {
		case p.Sender == "":
			return missing("sender")
		case p.Msg == "":
			return missing("msg")
		case p.Name == nil || p.Sender == SenderCustom && strings.TrimSpace(*p.Name) == "":
			return missing("name")
		}
		return nil
	}
	switch u, err := url.Parse(p.ServiceURL); {
	case p.ServiceURL == "":
		return missing("serviceUrl")
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return refused("actions.params.serviceUrl", "must be an http or https address")
	case p.ServiceTimeout == nil:
		return missing("serviceTimeout")
	case p.ServiceFallbackMessage == nil:
		return missing("serviceFallbackMessage")
	}
	return nil
}

func missing(field string) *fault.Fault {
	return fault.New(fault.Invalid, "invalid-params", "must have required property '"+field+"'").At(field)
}

func refused(field, why string) *fault.Fault {
	return fault.New(fault.Invalid, "invalid-params", field+" "+why).At(field)
}

// Trigger is a proactive message and what it waits for.
type Trigger struct {
	ID          TriggerID     `json:"_id"`
	Number      int64         `json:"no"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Enabled     bool          `json:"enabled"`
	RunOnce     bool          `json:"runOnce"`
	Site        SiteID        `json:"site,omitempty" doc:"None: on every site."`
	Conditions  []Condition   `json:"conditions"`
	Actions     []Action      `json:"actions"`
	UpdatedAt   clock.Instant `json:"_updatedAt"`
}

// ForBrowsers is the trigger without what is between this server and others.
func (t Trigger) ForBrowsers() Trigger {
	all := make([]Action, len(t.Actions))
	for i, a := range t.Actions {
		a.Params.ServiceURL, a.Params.ServiceTimeout = "", nil
		all[i] = a
	}
	t.Actions = all
	return t
}

// Check refuses a trigger that cannot work.
func (t Trigger) Check() *fault.Fault {
	for _, c := range t.Conditions {
		if f := c.Check(); f != nil {
			return f
		}
	}
	for _, a := range t.Actions {
		if f := a.Check(); f != nil {
			return f
		}
	}
	return nil
}
