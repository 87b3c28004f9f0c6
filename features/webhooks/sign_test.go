package webhooks

import (
	"strings"
	"testing"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

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
