package webhooks

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbound"
)

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
		other := k.another()
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
		dead := k.another()
		dead.Outbound = dying{k.Outbound}
		if _, err := dead.serve(k.t.Context(), d); err != nil {
			k.t.Fatal(err)
		}
		dead.work.Wait()
		living := k.another()
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
