package chat

import (
	"testing"
	"time"
)

func TestTheVisitorOwesAnAnswer(t *testing.T) { // RQ-AB-1, 10.1
	r := Room{Open: true}
	if r.Predict(time.Minute) || r.Omnichannel != nil {
		t.Error("it waits for nobody")
	}
	r.Answered(UserRef{ID: "a"}, 10*second, true)
	r.Answered(UserRef{ID: "a"}, 20*second, true)
	if r.SilentSince != 10*second || !r.Predict(time.Minute) || r.Omnichannel.PredictedVisitorAbandonmentAt != 70*second {
		t.Errorf("%+v %+v", r.SilentSince, r.Omnichannel)
	}
	if r.Predict(time.Minute) {
		t.Error("the same again is no news")
	}
	if !r.Predict(0) || r.Omnichannel != nil || r.SilentSince == 0 {
		t.Error("switched off, but predicted")
	}
	r.Predict(time.Minute)
	r.Hold(30 * second)
	r.Answered(UserRef{ID: "a"}, 40*second, true)
	if !r.OnHold || r.HeldAt != 30*second || r.SilentSince != 0 || r.Omnichannel != nil {
		t.Errorf("on hold: %+v", r)
	}
	r.Resume()
	r.Answered(UserRef{ID: "a"}, 50*second, true)
	if r.OnHold || r.HeldAt != 0 || r.SilentSince != 50*second {
		t.Errorf("resumed: %+v", r)
	}
	r.Requeue(60 * second)
	if r.SilentSince != 0 {
		t.Error("returned, but the visitor is waited for")
	}
}

func TestWhatVisitorsAreNotSent(t *testing.T) { // LC-HID-6, appearance.md 5
	m := Message{T: MessageTransfer, U: Sender{ID: "a"}, MessageExtra: MessageExtra{Comment: "by Mx bob",
		TransferData: map[string]any{"comment": "a nuisance", "scope": "agent"}, PriorityData: &PriorityData{}, SLAData: &SLAData{}}}
	if got := m.ForVisitor(true); got.TransferData["comment"] != nil || got.TransferData["scope"] != "agent" || m.TransferData["comment"] == nil {
		t.Errorf("agents shown: %+v", got.TransferData)
	}
	if got := m.ForVisitor(false); got.TransferData != nil || got.Comment != "" || got.PriorityData != nil || got.SLAData != nil || got.U.ID != "" {
		t.Errorf("agents hidden: %+v", got)
	}
	for kind, staff := range map[MessageType]bool{MessagePriority: true, MessageSLA: true, MessageTransfer: false, "": false} {
		m := Message{T: kind}
		if m.StaffOnly() != staff {
			t.Errorf("%q: %v", kind, !staff)
		}
		if got := (Room{LastMessage: &m}).ForVisitor(true); (got.LastMessage == nil) != staff {
			t.Errorf("last message %q: %+v", kind, got.LastMessage)
		}
	}
}

func TestMayForwardHoldAndResume(t *testing.T) { // LC-FWD-1, LC-HOLD-1, LC-HOLD-2, LC-HOLD-7, permissions.md 4
	own := RoomFacts{Open: true, Visitor: "v1", ServedBy: "a1", Member: true, ManualOnHold: true}
	others := RoomFacts{Open: true, Visitor: "v1", ServedBy: "a2", ManualOnHold: true}
	check(t, MayForward, []expectation{
		{"served by the agent", own, []string{"manager", "monitor", "admin", "system"}}, // 7.1: agents lack the right by default
		{"served by another", others, []string{"manager", "monitor", "admin", "system"}},
	})
	off := own
	off.ManualOnHold = false
	check(t, MayHold, []expectation{
		{"switched off", off, nil},
		{"served by the agent", own, []string{"agent", "manager", "monitor", "admin"}},
		{"served by another", others, []string{"manager", "monitor", "admin"}},
	})
	check(t, MayResume, []expectation{
		{"served by another", others, []string{"manager", "monitor", "admin"}},
	})
	held := own
	held.OnHold = true
	for name, c := range map[string]struct {
		can, want Can
	}{
		"served":  {CanDo(people["manager"], own), Can{Write: true, Return: true, Close: true, Forward: true, Hold: true}},
		"on hold": {CanDo(people["manager"], held), Can{Write: true, Close: true, Resume: true}},
	} {
		if c.can != c.want {
			t.Errorf("%s: %+v, want %+v", name, c.can, c.want)
		}
	}
}
