package chat

import (
	"slices"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
)

const second = clock.Instant(1000)

func TestNextIsAfterTheLastEntry(t *testing.T) { // INV-9
	r := Room{LM: 100}
	if got := r.Next(100); got != 100 {
		t.Errorf("the first entry is now, not %d", got)
	}
	r.Msgs = 1
	for now, want := range map[clock.Instant]clock.Instant{99: 101, 100: 101, 101: 101, 200: 200} {
		if got := r.Next(now); got != want {
			t.Errorf("at %d: %d, want %d", now, got, want)
		}
	}
}

func TestAnswersAndResponseTimes(t *testing.T) { // LC-MSG-22, LC-MSG-24, analytics 1.1, AN-1, AN-2, AN-3
	ann, bob := UserRef{ID: "a", Username: "ann"}, UserRef{ID: "b", Username: "bob"}
	r := Room{TS: 0, WaitingResponse: true, Metrics: &Metrics{V: &VisitorMetrics{LQ: 10 * second}}}
	r.Serve(ann, 20*second)
	before := r

	r.Answered(ann, 30*second, true)
	m := r.Metrics
	if r.WaitingResponse || *r.ResponseBy != (ResponseBy{"a", "ann", 30 * second, 30 * second}) {
		t.Errorf("first answer: %+v", r.ResponseBy)
	}
	if *m.Response != (ResponseMetrics{1, 20, 20, 20, 30 * second}) || *m.Reaction != (ReactionMetrics{10, 10, 30 * second}) || m.ServedBy.LR != 30*second {
		t.Errorf("first response: %+v %+v", m.Response, m.Reaction)
	}
	if before.Metrics.Response != nil || before.ResponseBy != nil {
		t.Error("a copy of the room changed with it")
	}
	if !slices.Equal(r.V.Activity, []string{"1970-01"}) {
		t.Errorf("activity: %v", r.V.Activity)
	}

	r.Answered(bob, 40*second, true) // a follow-up counts nothing and names nobody new
	if r.Metrics.Response.Total != 1 || *r.ResponseBy != (ResponseBy{"a", "ann", 30 * second, 40 * second}) || len(r.V.Activity) != 1 {
		t.Errorf("follow-up: %+v %+v", r.Metrics.Response, r.ResponseBy)
	}

	r.ResponseBy, r.Metrics.V = nil, &VisitorMetrics{LQ: 50 * second} // the visitor asked again
	r.Answered(bob, 56*second, true)
	if *r.Metrics.Response != (ResponseMetrics{2, 26, 13, 20, 30 * second}) || r.Metrics.Reaction.TT != 16 || r.ResponseBy.Username != "bob" {
		t.Errorf("further response: %+v %+v", r.Metrics.Response, r.Metrics.Reaction)
	}
}

func TestTheTimeInTheQueueIsOfTheFirstAssignment(t *testing.T) { // analytics 7.1
	r := Room{TS: 10 * second, QueuedAt: 10 * second}
	r.Requeue(15 * second) // moved to another queue
	r.Serve(UserRef{ID: "a"}, 22*second)
	r.Requeue(40 * second)
	r.Serve(UserRef{ID: "b"}, 90*second)
	if *r.QueueMillis != 7000 {
		t.Errorf("%d ms", *r.QueueMillis)
	}
	r = Room{QueuedAt: 10 * second}
	r.Serve(UserRef{ID: "a"}, 9*second) // by the clock of another server
	if *r.QueueMillis != 0 {
		t.Errorf("%d ms by another clock", *r.QueueMillis)
	}
}

func TestAnAnswerBeforeAnyQuestionCountsOnce(t *testing.T) { // AN-1
	r := Room{TS: 10 * second}
	r.Serve(UserRef{ID: "a"}, 12*second)
	r.Answered(UserRef{ID: "a"}, 15*second, true)
	r.Answered(UserRef{ID: "a"}, 99*second, true)
	if *r.Metrics.Response != (ResponseMetrics{1, 5, 5, 5, 15 * second}) || r.Metrics.Reaction.FT != 3 {
		t.Errorf("%+v %+v", r.Metrics.Response, r.Metrics.Reaction)
	}
}

func TestClose(t *testing.T) { // LC-CLOSE-1, LC-CLOSE-4, LC-CLOSE-9
	r := Room{TS: 0, Open: true, Tags: []string{"a"}, V: VisitorView{Status: Online}}
	r.Serve(UserRef{ID: "a"}, 10*second)
	r.ResponseBy = &ResponseBy{FirstResponseTS: 70 * second}
	r.Close(CloserUser, UserRef{ID: "a", Username: "ann"}, []string{"b", "a", "b"}, 100*second)
	if r.Open || r.ClosedAt != 100*second || r.Closer != CloserUser || r.ClosedBy.Username != "ann" || r.V.Status != Offline {
		t.Errorf("%+v", r)
	}
	if !slices.Equal(r.Tags, []string{"a", "b"}) {
		t.Errorf("tags %v", r.Tags)
	}
	if m := r.Metrics; *m.ChatDuration != 100 || *m.ServiceTimeDuration != 90 || *m.VisitorInactivity != 30 {
		t.Errorf("durations %v %v %v", *m.ChatDuration, *m.ServiceTimeDuration, *m.VisitorInactivity)
	}
	unserved := Room{TS: 5, Open: true}
	unserved.Close(CloserVisitor, UserRef{}, nil, 5)
	if m := unserved.Metrics; *m.ChatDuration != 0 || m.ServiceTimeDuration != nil || m.VisitorInactivity != nil || unserved.Tags != nil {
		t.Errorf("unserved: %+v", m)
	}
}

func TestFollow(t *testing.T) { // LC-REG-8
	r := Room{FName: "guest-1", V: VisitorView{ID: "v", Username: "guest-1", Status: Online, Token: "t", Activity: []string{"2026-01"}, LastMessageTS: 7}}
	same := Visitor{ID: "v", Username: "guest-1", Status: Online, Token: "t"}
	if r.Follow(same) {
		t.Error("nothing changed, and it says so")
	}
	same.Name = "Ann"
	if !r.Follow(same) || r.FName != "Ann" || r.V.Name != "Ann" || len(r.V.Activity) != 1 || r.V.LastMessageTS != 7 {
		t.Errorf("%+v", r)
	}
}
