package webhooks

import (
	"net/http"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// webhooks.md 1.12: what is sent late or again has links that work, and is the same otherwise.
func TestLinksThatExpiredAreMadeAnew(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		down := false
		f := newReceiver(k.t, func(_ int, w http.ResponseWriter, _ *http.Request) {
			if down {
				w.WriteHeader(503)
			}
		})
		k.set.WebhookURL = f.URL
		e := sent("m7", `look: "publicFilePath":"https://chat.example.com/x?token=signed"`, true)
		ref := chat.FileRef{ID: "f1", Name: "invoice.png", Type: "image/png"}
		e.Message.File = &ref
		k.tell(e)
		k.deliver()
		k.opens, down = "later", true
		if n, err := k.Replay(k.t.Context(), Filter{Destination: "crm"}); n != 1 || err != nil {
			k.t.Fatal(n, err)
		}
		k.deliver()
		down = false
		k.clock.Advance(10 * second)
		k.deliver()
		all := f.got()
		if len(all) != 3 {
			k.t.Fatal(len(all), "requests")
		}
		before, after := all[0], all[2]
		const old, new = `/file-upload/f1/invoice.png?token=signed"`, `/file-upload/f1/invoice.png?token=later"`
		if want := strings.Replace(before.body, old, new, 1); want == before.body || after.body != want || all[1].body != want {
			k.t.Errorf("%s\nthen %s\nthen %s", before.body, all[1].body, after.body)
		}
		if before.header.Get("Webhook-Id") != after.header.Get("Webhook-Id") || before.header.Get("Webhook-Signature") == after.header.Get("Webhook-Signature") {
			k.t.Error(before.header, after.header)
		}
		list, _, err := k.Deliveries(k.t.Context(), Filter{Limit: 1})
		if err != nil || len(list) != 1 {
			k.t.Fatal(err)
		}
		if _, body, _, err := k.Delivery(k.t.Context(), list[0].ID); err != nil || body != after.body {
			k.t.Error("the log shows another body:", err, body)
		}
	})
}
