package webhooks

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbound"
)

// A node remembers who is told until it hears of a change; the node that saves knows at once.
func TestWhoIsToldIsRemembered(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.tell(sent("m0", "hello", true))
		other := newKit(k.t, k.db, k.clock, outbound.Options{AllowPrivate: true})
		saved, err := other.Save(t.Context(), Draft{Name: "data", URL: f.URL, Events: []Kind{VisitorMessage}, Enabled: true})
		if err != nil {
			k.t.Fatal(err)
		}
		k.tell(sent("m1", "too early", true))
		k.Forget()
		k.tell(sent("m2", "hello", true))
		other.tell(sent("m3", "hello", true))
		k.deliver()
		if got := f.types(k.t); len(got) != 2 {
			k.t.Errorf("told of %v", got)
		}
		if n, err := db.One(t.Context(), k.db, func(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }, `SELECT count(*) FROM outbox WHERE name = $1`, chat.WebhooksChanged{}.EventName()); err != nil || n != 1 {
			k.t.Errorf("the change is announced %d times, %v", n, err)
		}
		if err := other.Remove(t.Context(), saved.ID); err != nil {
			k.t.Fatal(err)
		}
		k.Forget()
		k.tell(sent("m4", "hello", true))
		k.deliver()
		if got := f.types(k.t); len(got) != 2 {
			k.t.Errorf("told after the removal: %v", got)
		}
	})
}
