package webhooks

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

func always(status int) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// webhooks.md 1.3: only 200 is success; 10 retries 10 seconds after the failure, the same
// body under the same id, then given up.
func TestRetries(t *testing.T) {
	for _, status := range []int{204, 500} {
		each(t, func(k *kit) {
			k.people()
			f := newReceiver(k.t, always(status))
			k.set.WebhookURL = f.URL
			k.tell(sent("m1", "hello", true))
			k.deliver()
			for n := 1; n <= 12; n++ {
				k.clock.Advance(10*second - time.Millisecond)
				k.deliver()
				if got := len(f.got()); got != min(n, 11) {
					k.t.Fatalf("%d: %d requests before the tenth second", n, got)
				}
				k.clock.Advance(time.Millisecond)
				k.deliver()
			}
			all := f.got()
			if len(all) != 11 || !reflect.DeepEqual(k.states(), map[State]int{Dead: 1}) {
				k.t.Fatal(len(all), k.states())
			}
			for i, g := range all {
				if g.body != all[0].body || g.header.Get("X-Livechat-Delivery") != all[0].header.Get("X-Livechat-Delivery") || g.header.Get("X-Livechat-Attempt") != strconv.Itoa(i+1) {
					k.t.Error(i, g)
				}
			}
			if n, err := k.Count(k.t.Context(), Dead); n != 1 || err != nil {
				k.t.Error(n, err)
			}
		})
	}
}

// webhooks.md 1.3: address, token and time are read anew; without an address it is dropped.
func TestTheSettingsOfTheMoment(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f, g := newReceiver(k.t, always(500)), newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "hello", true))
		k.deliver()
		k.set.WebhookURL, k.set.WebhookToken = g.URL, "new"
		k.clock.Advance(10 * second)
		k.deliver()
		if all := g.got(); len(f.got()) != 1 || len(all) != 1 || all[0].header.Get("X-RocketChat-Livechat-Token") != "new" {
			k.t.Fatal(len(f.got()), all)
		}
		k.tell(sent("m2", "again", true))
		k.set.WebhookURL = ""
		k.deliver()
		if got := k.states(); !reflect.DeepEqual(got, map[State]int{Sent: 1, Dropped: 1}) {
			k.t.Error(got)
		}
	})
}

// webhooks.md 1.4: the answer is part of what follows; an empty one erases nothing.
func TestTheAnswerIsKept(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, func(n int, w http.ResponseWriter, _ *http.Request) {
			switch n {
			case 1:
				w.WriteHeader(500)
				io.WriteString(w, "not this")
			case 2:
				io.WriteString(w, "customer \x00 9\xff"+strings.Repeat("é", crmBytes))
			}
		})
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "one", true))
		k.deliver()
		k.clock.Advance(10 * second)
		k.deliver()
		for _, m := range []string{"m2", "m3"} {
			k.tell(sent(m, "more", true))
			k.deliver()
		}
		all := f.got()
		if _, ok := all[1].payload(k.t)["crmData"]; ok {
			k.t.Error("a failure's answer was kept")
		}
		for _, g := range all[2:] {
			data, _ := g.payload(k.t)["crmData"].(string)
			if !strings.HasPrefix(data, "customer  9é") || len(data) > crmBytes {
				k.t.Errorf("%d bytes: %.20q", len(data), data)
			}
		}
	})
}

// webhooks.md 1.3: first attempts of a room come in order, also when the receiver is slow
// and several senders work; a retry holds up nobody.
func TestTheOrderOfARoom(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		k.room("r2")
		f := newReceiver(k.t, func(n int, w http.ResponseWriter, r *http.Request) {
			<-clock.System.After(time.Duration(rand.IntN(4)) * time.Millisecond)
			if n%3 == 0 {
				w.WriteHeader(503)
			}
		})
		k.set.WebhookURL = f.URL
		for n := range 20 {
			m := sent(fmt.Sprintf("m%02d", n), "x", true)
			m.Message.RID = chat.RoomID([]string{"r1", "r2"}[n%2])
			k.tell(m)
		}
		other := New(k.Deps)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for range 60 {
				other.round(context.Background())
				other.work.Wait()
			}
		}()
		k.deliver()
		<-ended
		k.deliver()
		last := map[string]string{}
		first := 0
		for _, g := range f.got() {
			m := g.payload(k.t)["messages"].([]any)[0].(map[string]any)
			if g.header.Get("X-Livechat-Attempt") != "1" {
				continue
			}
			first++
			rid, id := m["rid"].(string), m["_id"].(string)
			if id <= last[rid] {
				k.t.Errorf("%s came after %s", id, last[rid])
			}
			last[rid] = id
		}
		if first != 20 {
			k.t.Error(first, "first attempts: each exactly once while nobody dies")
		}
		for range 12 {
			k.clock.Advance(10 * second)
			k.deliver()
		}
		if got := k.states(); got[Sent] != 20 {
			k.t.Error(got)
		}
	})
}

// Two processes tell of one room: whoever is quicker, the room's numbers decide, and what
// another has still to tell is waited for, but not for ever.
func TestTheOrderOfARoomAcrossProcesses(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		numbered := func(seq int64) chat.MessageSent {
			m := sent(fmt.Sprint("m", seq), "x", true)
			m.Message.Seq = seq
			return m
		}
		untold := func(seq int64) { // committed elsewhere, in the outbox, not heard yet
			if err := k.db.InTx(k.t.Context(), func(tx *db.Tx) error { return tx.Emit(k.t.Context(), numbered(seq)) }); err != nil {
				k.t.Fatal(err)
			}
		}
		arrived := func(want ...string) {
			k.t.Helper()
			k.deliver()
			var ids []string
			for _, g := range f.got() {
				ids = append(ids, g.payload(k.t)["messages"].([]any)[0].(map[string]any)["_id"].(string))
			}
			if !slices.Equal(ids, want) {
				k.t.Error(ids, "arrived, want", want)
			}
		}
		untold(7)
		k.tell(numbered(9))
		k.tell(numbered(8)) // heard later, but earlier in the room
		arrived()
		k.tell(numbered(7))
		k.exec(`DELETE FROM outbox`)
		arrived("m7", "m8", "m9")
		untold(10) // whoever should tell it fails again and again
		k.tell(numbered(11))
		arrived("m7", "m8", "m9")
		k.clock.Advance(unheardFor + second)
		arrived("m7", "m8", "m9", "m11")
	})
}

// A sender that dies in between: after its lease another sends the same again.
func TestADeathInBetween(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "one", true))
		k.tell(sent("m2", "two", true))
		d, err := k.find(k.t.Context(), crmID)
		if err != nil {
			k.t.Fatal(err)
		}
		dead := New(k.Deps)
		dead.Outbound = dying{k.Outbound}
		if _, err := dead.serve(k.t.Context(), d); err != nil {
			k.t.Fatal(err)
		}
		dead.work.Wait()
		living := New(k.Deps)
		k.Service = living
		k.deliver()
		if got := f.types(k.t); len(got) != 1 {
			k.t.Fatal("the next was sent before the one that is under way:", got)
		}
		k.clock.Advance(leaseMore + 6*second)
		k.deliver()
		all := f.got()
		if len(all) != 3 || all[0].body != all[1].body || all[0].header.Get("Webhook-Id") != all[1].header.Get("Webhook-Id") {
			k.t.Fatal(f.types(k.t))
		}
		if got := k.states(); got[Sent] != 2 {
			k.t.Error(got)
		}
	})
}

// dying sends and then ends its goroutine, as a killed process would, before anything is noted.
type dying struct{ Outbound }

func (d dying) Do(ctx context.Context, r outbound.Request) (outbound.Response, error) {
	d.Outbound.Do(ctx, r)
	runtime.Goexit()
	return outbound.Response{}, nil
}

// One destination that never answers rests after a while; another is told at once.
func TestADeadReceiverSlowsNobody(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		dead := newReceiver(k.t, nil)
		dead.Server.Close()
		alive := newReceiver(k.t, nil)
		k.set.WebhookURL = dead.URL
		if _, err := k.Save(k.t.Context(), Draft{Name: "Good", URL: alive.URL, Events: []Kind{VisitorMessage}, Enabled: true}); err != nil {
			k.t.Fatal(err)
		}
		for n := range 40 {
			k.tell(sent(fmt.Sprint("m", n), "x", true))
		}
		k.deliver()
		if len(alive.got()) != 40 {
			k.t.Fatal(len(alive.got()), "arrived beside a dead one")
		}
		attempts := k.attempts(crmID)
		if attempts < breakAfter || attempts > breakAfter+atOnce {
			k.t.Error(attempts, "attempts before it rests")
		}
		for n := range 3 {
			k.clock.Advance(breakFor)
			k.deliver()
			if got := k.attempts(crmID); got != attempts+int64(n)+1 {
				k.t.Errorf("%d attempts after %d rests, had %d", got, n+1, attempts)
			}
		}
		back := newReceiver(k.t, nil)
		k.set.WebhookURL = back.URL
		for range 12 {
			k.clock.Advance(breakFor)
			k.deliver()
		}
		if len(back.got()) != 40 {
			k.t.Error(len(back.got()), "arrived in the end")
		}
	})
}

func (k *kit) attempts(destination string) (n int64) {
	k.t.Helper()
	if err := k.db.QueryRow(k.t.Context(), `SELECT count(*) FROM webhook_attempts a JOIN webhook_deliveries d ON d.id = a.delivery_id WHERE d.destination_id = $1`, destination).Scan(&n); err != nil {
		k.t.Fatal(err)
	}
	return n
}

// Whatever comes back is a failure that is logged, cut, and kept out of the room.
func TestHostileAnswers(t *testing.T) {
	endless := func(w http.ResponseWriter) {
		for range 10_000 {
			if _, err := w.Write(make([]byte, 1000)); err != nil {
				return
			}
		}
	}
	for name, answer := range map[string]func(w http.ResponseWriter){
		"answer-too-large": endless,
		"failed":           func(w http.ResponseWriter) { w.Header().Set("Content-Length", "1000"); io.WriteString(w, "cut") },
		"redirect":         func(w http.ResponseWriter) { w.Header().Set("Location", "http://169.254.169.254/"); w.WriteHeader(302) },
		"timed-out":        func(w http.ResponseWriter) { <-clock.System.After(300 * time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(k *kit) {
				k.people()
				f := newReceiver(k.t, func(_ int, w http.ResponseWriter, _ *http.Request) { answer(w) })
				k.set.WebhookURL, k.set.WebhookTimeoutMillis = f.URL, 5000
				if name == "timed-out" {
					k.set.WebhookTimeoutMillis = 50
				}
				k.tell(sent("m1", "x", true))
				k.deliver()
				all, _, err := k.Deliveries(k.t.Context(), Filter{Limit: 10})
				if err != nil || len(all) != 1 || all[0].State != Pending || all[0].Attempts != 1 {
					k.t.Fatal(all, err)
				}
				if want := map[string]string{"redirect": ""}; all[0].Error != name && want[name] != all[0].Error {
					k.t.Error(all[0])
				}
			})
		})
	}
}

// Private addresses, in whatever form, get nothing unless the operator allows them.
func TestAttackingAddresses(t *testing.T) {
	eachWith(t, outbound.Options{}, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		port := f.URL[strings.LastIndex(f.URL, ":"):]
		for _, host := range []string{"127.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "2130706433", "0177.0.0.1", "localhost", "[::1]", "10.0.0.1"} {
			k.set.WebhookURL = "http://" + host + port
			a, err := k.Test(k.t.Context(), crmID)
			if err != nil || a.Status != 0 || a.Error == "" {
				k.t.Error(host, a, err)
			}
		}
		if len(f.got()) != 0 {
			k.t.Error("a private address was reached")
		}
	})
}

// The Standard Webhooks library accepts every delivery, with the old secret too for a day.
func TestSignatures(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		before, err := k.Secret(k.t.Context(), crmID)
		if err != nil || !strings.HasPrefix(before, "whsec_") {
			k.t.Fatal(before, err)
		}
		verify := func(secret string, g got) error {
			w, err := standardwebhooks.NewWebhook(secret)
			if err != nil {
				k.t.Fatal(err)
			}
			return w.VerifyIgnoringTimestamp([]byte(g.body), g.header) // the clock of the test stands elsewhere
		}
		next := func(id string) got {
			k.tell(sent(id, "Ünïcode "+id, true))
			k.deliver()
			all := f.got()
			return all[len(all)-1]
		}
		g := next("m1")
		if err := verify(before, g); err != nil {
			k.t.Error(err)
		}
		if g.header.Get("Webhook-Timestamp") != "1790000000" {
			k.t.Error(g.header)
		}
		after, err := k.Rotate(k.t.Context(), crmID)
		if err != nil || after == before {
			k.t.Fatal(err)
		}
		if g := next("m2"); verify(before, g) != nil || verify(after, g) != nil {
			k.t.Error("two secrets do not sign at once")
		}
		k.clock.Advance(overlap + second)
		if g := next("m3"); verify(before, g) == nil || verify(after, g) != nil {
			k.t.Error("the old secret signs after its day")
		}
		g.body += " "
		if verify(before, g) == nil {
			k.t.Error("a changed body was accepted")
		}
	})
}

// What is queued outlives the process; Run sends it and ends when told.
func TestRun(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			d := testkit.Open(t, engine)
			k := newKit(t, d, clock.NewFake(start), outbound.Options{AllowPrivate: true})
			k.people()
			f := newReceiver(t, nil)
			k.set.WebhookURL = f.URL
			k.Clock = clock.System
			for n := range 10 {
				k.tell(sent(fmt.Sprint("m", n), "x", true))
			}
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error)
			go func() { ended <- k.Run(ctx) }()
			for late := time.After(20 * time.Second); k.states()[Sent] < 10; {
				select {
				case <-late:
					t.Fatal(k.states())
				case <-time.After(5 * time.Millisecond):
				}
			}
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}

// The log is searched, one delivery or all of a filter are sent again, and the old is forgotten.
func TestTheLog(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		broken := true
		f := newReceiver(k.t, func(_ int, w http.ResponseWriter, _ *http.Request) {
			if broken {
				w.WriteHeader(400)
				io.WriteString(w, "no such <customer>")
			}
		})
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "the red parcel", true))
		k.tell(sent("m2", "the blue parcel", false))
		k.deliver()
		for range 10 {
			k.clock.Advance(10 * second)
			k.deliver()
		}
		status, list := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries?state=dead&text=RED%20parcel", "")
		if status != 200 || list["total"] != 1.0 {
			k.t.Fatal(status, list)
		}
		first := list["deliveries"].([]any)[0].(map[string]any)["_id"].(string)
		for query, want := range map[string]float64{"text=%3Ccustomer": 2, "kind=agent-message": 1, "rid=r1&webhook=crm": 2, "state=sent": 0, "text=100%25": 0} {
			if _, list := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries?"+query, ""); list["total"] != want {
				k.t.Error(query, list["total"])
			}
		}
		_, one := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries/"+first, "")
		if log := one["log"].([]any); len(log) != 11 || log[0].(map[string]any)["answer"] != "no such <customer>" || !strings.Contains(one["body"].(string), "red parcel") {
			k.t.Error(one)
		}
		if status, _ := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries/nothing", ""); status != 404 {
			k.t.Error(status)
		}
		broken = false
		before := len(f.got())
		if _, r := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{"ids":["`+first+`"]}`); r["replayed"] != 1.0 {
			k.t.Fatal(r)
		}
		k.deliver()
		if all := f.got(); len(all) != before+1 || all[before].header.Get("X-Livechat-Delivery") != first || all[before].body != all[0].body {
			k.t.Error(len(all)-before, "sent again")
		}
		if status, _ := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{}`); status != 400 {
			k.t.Error("everything was replayed by an empty request")
		}
		if _, r := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{"webhook":"crm","state":"dead"}`); r["replayed"] != 1.0 {
			k.t.Error(r)
		}
		k.deliver()
		if got := k.states(); got[Sent] != 2 {
			k.t.Error(got)
		}
		from, until := k.clock.Now().Add(-time.Hour).String(), start.Add(-second).String()
		for query, want := range map[string]float64{"from=" + from: 2, "from=" + from + "&to=" + until: 0} {
			if status, list := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries?"+query, ""); list["total"] != want {
				k.t.Error(query, status, list)
			}
		}
		if _, r := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{"from":"`+from+`","to":"`+k.clock.Now().String()+`"}`); r["replayed"] != 2.0 {
			k.t.Error("a stretch of time was not replayed", r)
		}
		k.deliver()
		k.clock.Advance(31 * 24 * time.Hour)
		k.tell(sent("m3", "new", true))
		if err := k.clean(k.t.Context()); err != nil || !reflect.DeepEqual(k.states(), map[State]int{Pending: 1}) {
			k.t.Error(err, k.states())
		}
	})
}

// Everything about a visitor goes with him.
func TestErasure(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		k.set.WebhookURL, k.set.WebhookOnOfflineMessage = newReceiver(k.t, nil).URL, true
		k.tell(sent("m1", "x", true))
		k.tell(chat.OfflineReceived{Message: chat.OfflineMessage{ID: "o1", Text: "x"}, Visitor: "v42"})
		if got := k.states(); got[Pending] != 2 {
			k.t.Error(got)
		}
		i := slices.IndexFunc(k.Consumers(), func(c outbox.Consumer) bool { return c.Name == "webhooks.erased" })
		if err := k.Consumers()[i].Handle(k.t.Context(), outbox.Envelope{ID: "e", Event: chat.VisitorErased{Visitor: "v42"}}); err != nil || len(k.states()) != 0 {
			k.t.Error(err, k.states())
		}
	})
}
