package chat

import "github.com/foyerchat/foyer/platform/clock"

// TriggerReason is why a trigger fired or did not; the words are the engine's.
type TriggerReason string

// The reasons.
const (
	TriggerFired          TriggerReason = "fired"
	TriggerDisabled       TriggerReason = "disabled"
	TriggerNobodyOnline   TriggerReason = "nobody-online"
	TriggerChatting       TriggerReason = "chatting"
	TriggerKnown          TriggerReason = "known"
	TriggerFiredBefore    TriggerReason = "fired-before"
	TriggerFiredHere      TriggerReason = "fired-here"
	TriggerOtherPage      TriggerReason = "other-page"
	TriggerPatternInvalid TriggerReason = "pattern-invalid"
	TriggerPatternSlow    TriggerReason = "pattern-slow"
	TriggerTooEarly       TriggerReason = "too-early"
	TriggerNotOpened      TriggerReason = "not-opened"
	TriggerNotRegistered  TriggerReason = "not-registered"
	TriggerNoConditions   TriggerReason = "no-conditions"
	TriggerNoAgent        TriggerReason = "no-agent"
	TriggerServiceFailed  TriggerReason = "service-failed"
)

// TriggerReasons lists the reasons.
func TriggerReasons() []TriggerReason {
	return []TriggerReason{TriggerFired, TriggerDisabled, TriggerNobodyOnline, TriggerChatting, TriggerKnown, TriggerFiredBefore, TriggerFiredHere, TriggerOtherPage,
		TriggerPatternInvalid, TriggerPatternSlow, TriggerTooEarly, TriggerNotOpened, TriggerNotRegistered, TriggerNoConditions, TriggerNoAgent, TriggerServiceFailed}
}

// TriggerEntry is what a trigger did last on a visit, and why.
type TriggerEntry struct {
	Trigger TriggerID     `json:"trigger" required:"true" maxLength:"64"`
	At      clock.Instant `json:"at" required:"true"`
	Reason  TriggerReason `json:"reason" required:"true" enum:"fired,disabled,nobody-online,chatting,known,fired-before,fired-here,other-page,pattern-invalid,pattern-slow,too-early,not-opened,not-registered,no-conditions,no-agent,service-failed"`
}
