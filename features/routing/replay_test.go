package routing

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// someCase is a case like those that occur, of a random team.
func someCase(r *rand.Rand, at clock.Instant) Case {
	c := Case{Kind: []Kind{KindOpen, KindQueue, KindUnanswered, KindLeft}[r.IntN(4)], At: int64(at), Rules: rulesOf(chat.DefaultSettings()), Anybody: true}
	c.Rules.Method = []string{chat.RoutingAuto, chat.RoutingBalance, chat.RoutingRotation, chat.RoutingManual}[r.IntN(4)]
	c.Rules.WaitingQueue, c.Rules.Limit = r.IntN(2) == 0, r.Int64N(3)
	c.Rules.AcceptAnyway = true
	for i := range r.IntN(6) {
		a := Agent{ID: chat.AgentID(fmt.Sprint("id-", i)), Username: fmt.Sprint("agent-", i), Name: fmt.Sprint("Agent ", i)}
		if r.IntN(4) == 0 {
			a.Out = []Out{OutOffline, OutIdle, OutSwitched}[r.IntN(3)]
		} else {
			a.Load, a.Count, a.Routed, a.Returned = r.Int64N(4), r.Int64N(3), r.Int64N(5), r.IntN(8) == 0
		}
		c.Agents = append(c.Agents, a)
	}
	return c
}

func (l *line) room(rid chat.RoomID) {
	l.t.Helper()
	l.rooms++
	l.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at)
		VALUES ($1, 'default', $2, 'Ann', 1, 1, true, $1, '{}', 'api', '{}', 1)`, rid, l.rooms)
}

// decided records a decision and returns its id.
func (l *line) decided(d Decision) (made chat.DecisionID) {
	l.t.Helper()
	err := l.db.InTx(context.Background(), func(tx *db.Tx) (err error) {
		made, err = l.routing.record(context.Background(), tx, d)
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return made
}

func (l *line) decide(rid chat.RoomID, c Case) chat.DecisionID {
	return l.decided(Decision{RID: rid, Kind: c.Kind, Method: c.Rules.Method, Case: &c, Verdict: decide(c)})
}

func (l *line) replay(with map[string]json.RawMessage) (Replayed, []Difference) {
	l.t.Helper()
	var all []Difference
	done, err := Replay{From: 0, To: l.clock.Now() + 1, With: with}.Run(context.Background(), l.db, func(d Difference) error {
		all = append(all, d)
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
	if len(all) != done.Different+done.Unknown || done.Decisions != done.ByPeople+done.Identical+done.Different+done.Unknown {
		l.t.Errorf("%d told, %+v", len(all), done)
	}
	return done, all
}

// With the settings of then every stored decision comes out the same; with others it is told what would differ.
func TestReplay(t *testing.T) {
	lines(t, func(l *line) {
		random := rand.New(rand.NewPCG(7, 7))
		var expected int // what Load_Rotation would decide otherwise, of what can be known
		const made = replayPage + 20
		for i := range made {
			rid := chat.RoomID(fmt.Sprint("r", i))
			l.room(rid)
			l.clock.Advance(time.Duration(random.IntN(2)) * time.Millisecond) // several in one instant
			c := someCase(random, l.clock.Now())
			if l.decide(rid, c) == "" {
				t.Fatal("nothing recorded")
			}
			was := decide(c)
			c.Rules.Method = chat.RoutingRotation
			if would := decide(c); !was.same(would) {
				expected++
			}
		}
		l.decided(Decision{RID: "r0", Kind: KindTake, Verdict: Verdict{Agent: "bob", Rule: RuleTaken, Reason: "bob took it"}, By: chat.UserRef{ID: "bob", Username: "bob"}})
		done, all := l.replay(nil)
		if done.Decisions != made+1 || done.Identical != made || done.ByPeople != 1 || len(all) > 0 || done.Stored != done.Now || len(done.Stored) != 64 {
			t.Fatalf("%+v %v", done, all)
		}
		done, all = l.replay(map[string]json.RawMessage{"Livechat_Routing_Method": []byte(`"Load_Rotation"`), "Livechat_title": []byte(`"x"`)})
		if done.Different+done.Unknown != expected || expected < 50 || !slices.Equal(done.Ignored, []string{"Livechat_title"}) {
			t.Errorf("%+v, want %d otherwise", done, expected)
		}
		for _, d := range all {
			if d.Was == d.Would || d.Why == "" || d.RID == "" || d.At == 0 {
				t.Errorf("%+v", d)
			}
		}
		if same, _ := l.replay(map[string]json.RawMessage{"Livechat_title": []byte(`"x"`)}); same.Identical != made {
			t.Errorf("%+v", same)
		}
		l.exec(`UPDATE decisions SET hash = 'otherwise' WHERE room_id = 'r3'`)
		done, all = l.replay(nil)
		if done.Different != 1 || len(all) != 1 || all[0].RID != "r3" || done.Stored == done.Now {
			t.Errorf("%+v %v", done, all)
		}
	})
}

// What was not looked at then is not made up.
func TestReplayDoesNotKnowWhatWasNotLookedAt(t *testing.T) {
	lines(t, func(l *line) {
		l.room("r1")
		rules := rulesOf(chat.DefaultSettings())
		rules.Method = chat.RoutingManual
		l.decide("r1", Case{Kind: KindOpen, At: 1, Rules: rules, Anybody: true})
		for method, unknown := range map[string]int{chat.RoutingAuto: 1, chat.RoutingExternal: 1} {
			done, all := l.replay(map[string]json.RawMessage{"Livechat_Routing_Method": []byte(`"` + method + `"`), "Livechat_accept_chats_with_no_agents": []byte(`false`)})
			if done.Unknown != unknown || done.Different != 0 || !all[0].Unknown {
				t.Errorf("%s: %+v %v", method, done, all)
			}
		}
	})
}

func TestReplayRefusesWrongSettings(t *testing.T) {
	for id, value := range map[string]string{"No_such": `1`, "Livechat_Routing_Method": `"Magic"`, "Livechat_maximum_chats_per_agent": `"many"`} {
		_, err := Replay{With: map[string]json.RawMessage{id: []byte(value)}}.Run(context.Background(), nil, nil)
		if err == nil || !strings.Contains(err.Error(), id) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Every setting that decisions look at can be replayed, and no other can: the live service and the replay read the same rules.
func TestRulesAreTheSettings(t *testing.T) {
	lines(t, func(l *line) {
		for _, d := range chat.AllSettings() {
			for _, raw := range []string{`true`, `false`, `1`, `7`, `9`, `"Load_Balancing"`} {
				value, err := d.Accept([]byte(raw))
				if err != nil || d.Type == chat.SettingBoolean && raw != "true" && raw != "false" {
					continue
				}
				s := d.With(chat.DefaultSettings(), value)
				l.settings = s
				live := l.routing.look(l.db, nil, KindQueue, chat.Inquiry{}).c.Rules
				if live != rulesOf(s) || rulesOf(s) != rulesOf(rulesOf(s).settings()) {
					t.Errorf("%s = %s: decided with %+v, replayed with %+v", d.ID, raw, live, rulesOf(s))
				}
				if live != rulesOf(chat.DefaultSettings()) && !slices.Contains(replayable, d.ID) {
					t.Errorf("%s changes decisions and is not replayed", d.ID)
				}
			}
		}
	})
}

// A decision is kept whole, however large, and a room that waits on for the same reason is recorded once.
func TestDecisionsAreKept(t *testing.T) {
	lines(t, func(l *line) {
		l.room("r1")
		c := Case{Kind: KindQueue, At: 5, Rules: rulesOf(chat.DefaultSettings()), Queue: ""}
		for i := range 500 {
			c.Agents = append(c.Agents, Agent{ID: chat.AgentID(fmt.Sprintf("0190-%08d-abcd", i*7919)), Username: fmt.Sprint("agent-", i), Name: fmt.Sprint("Agent Number ", i), Out: OutOffline})
		}
		if l.decide("r1", c) == "" {
			t.Fatal("not recorded")
		}
		c.At, c.Agents[3].Load = 9, 4
		if l.decide("r1", c) != "" {
			t.Error("waits for the same reason, and was recorded again")
		}
		c.Agents[3].Out = OutIdle
		if l.decide("r1", c) == "" {
			t.Error("others are ruled out, and that was not recorded")
		}
		if all, err := decisionsOf(context.Background(), l.db, "r1"); err != nil || len(all) != 1 {
			t.Fatalf("waits for the same reason, and was recorded as another decision: %d %v", len(all), err)
		}
		c.Agents[3].Out, c.Agents[3].Queued, c.Rules.Delay = "", 8, 5
		if l.decide("r1", c) == "" {
			t.Error("waits for another reason, and was not recorded")
		}
		all, err := decisionsOf(context.Background(), l.db, "r1")
		if err != nil || len(all) != 2 {
			t.Fatalf("%d decisions %v", len(all), err)
		}
		if len(all[1].facts) > 15_000 {
			t.Errorf("%d bytes for 500 agents", len(all[1].facts))
		}
		a, err := unpack(all[1].facts)
		if err != nil || !reflect.DeepEqual(*a.Case, c) || len(a.Verdict.Rulings) != 500 {
			t.Errorf("not what was stored: %v %+v", err, a.Case)
		}
	})
}

// Of very many decisions about a room the latest are explained.
func TestTheLatestDecisionsAreExplained(t *testing.T) {
	lines(t, func(l *line) {
		l.room("r1")
		for i := range decisionsShown + 3 {
			c := Case{Kind: KindQueue, At: int64(i), Rules: rulesOf(chat.DefaultSettings())}
			if i%2 == 0 {
				c.Agents = []Agent{{ID: "a", Username: "a"}}
			}
			l.decide("r1", c)
		}
		l.clock.Advance(1)
		latest := l.decide("r1", Case{Kind: KindLeft, Rules: rulesOf(chat.DefaultSettings()), Agents: []Agent{{ID: "z", Username: "z"}}})
		all, err := decisionsOf(context.Background(), l.db, "r1")
		if err != nil || len(all) != decisionsShown || all[len(all)-1].id != latest {
			t.Errorf("%d decisions %v", len(all), err)
		}
	})
}

func TestBrokenFactsAreAnError(t *testing.T) {
	for _, text := range []string{"z:", "z:!", "z:AAAA", "{", "[]"} {
		if _, err := unpack(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if a, err := unpack(""); err != nil || a.Case != nil {
		t.Error("decisions from before are without facts")
	}
}
