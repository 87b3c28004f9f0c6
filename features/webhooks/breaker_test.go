package webhooks

import (
	"fmt"
	"testing"
)

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
