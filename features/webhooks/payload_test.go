package webhooks

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// webhooks.md 1.5 to 1.7: one golden file for every type, and the token's header.
func TestPayloads(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL, k.set.WebhookToken = f.URL+"/crm", "hush"
		r := room("r1")
		waiting := r
		waiting.ServedBy = nil
		ended := r
		ended.ClosedAt, ended.Closer, ended.ClosedBy = start+6000, chat.CloserUser, &chat.UserRef{ID: "u7", Username: "bea", Name: "Bea"}
		edit := sent("m7", "My invoice is very wrong", true).Message
		edit.EditedAt = start + 7000
		other := &chat.ServedBy{ID: "u8", Username: "cid", TS: start + 1000}
		for _, c := range []struct {
			name  string
			event chat.Event
		}{
			{"start", chat.RoomOpened{Room: waiting}},
			{"queued", chat.InquiryQueued{Inquiry: chat.Inquiry{RID: "r1", Department: "dep2"}, Seq: 2}},
			{"taken", chat.RoomTaken{Room: r, Seq: 3}},
			{"forwarded-agent", chat.RoomForwarded{Room: r, OldServedBy: other, OldDepartment: "dep2", Scope: "agent", Seq: 4}},
			{"forwarded-department", chat.RoomForwarded{Room: waiting, OldServedBy: other, OldDepartment: "dep1", Scope: "department", Seq: 4}},
			{"close", chat.RoomClosed{Room: ended, Seq: 6}},
			{"edit", chat.RoomDescribed{Room: ended}},
			{"message-visitor", sent("m7", "My invoice is wrong", true)},
			{"message-edited", chat.MessageChanged{Message: edit, Seq: 8}},
			{"message-agent", sent("m8", "Let me see", false)},
		} {
			before := len(f.got())
			k.tell(c.event)
			k.deliver()
			all := f.got()[before:]
			if len(all) != 1 {
				k.t.Fatalf("%s: %d requests", c.name, len(all))
			}
			g := all[0]
			golden(k.t, c.name, g.body)
			if h := g.header; h.Get("X-RocketChat-Livechat-Token") != "hush" || h.Get("Content-Type") != "application/json" || h.Get("X-Livechat-Attempt") != "1" || h.Get("X-Livechat-Delivery") == "" {
				k.t.Errorf("%s: %v", c.name, h)
			}
		}
	})
}

// webhooks.md 1.5, 1.7: what is told to nobody.
func TestWhatIsNotTold(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		system := sent("m1", "bea", false)
		system.Message.T = chat.MessageJoined
		k.tell(system)
		k.tell(chat.MessageChanged{Message: sent("m2", "gone", true).Message, Removed: true})
		for _, scope := range []string{"queue", "autoTransferUnansweredChatsToQueue"} {
			k.tell(chat.RoomForwarded{Room: room("r1"), Scope: scope, Seq: 4})
		}
		gone := sent("m3", "of a room that was erased", true)
		gone.Message.RID = "nowhere"
		k.tell(gone)
		k.set.WebhookOnVisitorMessage = false
		k.tell(sent("m4", "not chosen", true))
		k.set.WebhookURL = ""
		k.tell(chat.RoomTaken{Room: room("r1"), Seq: 3}) // nobody to tell
		k.deliver()
		if len(f.got()) != 0 || len(k.states()) != 0 {
			k.t.Error(f.types(k.t), k.states())
		}
	})
}

// webhooks.md 1.6: without a token no header; of a removed visitor only the id; D1's lists.
func TestVisitors(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		k.set.WebhookContactLists = true
		k.tell(chat.RoomTaken{Room: room("r1"), Seq: 3})
		k.exec(`DELETE FROM visitors WHERE id = 'v42'`)
		k.tell(chat.RoomClosed{Room: room("r1"), Seq: 6})
		k.deliver()
		all := f.got()
		if v := all[0].payload(k.t)["visitor"].(map[string]any); !reflect.DeepEqual(v["email"], []any{map[string]any{"address": "ana@example.org"}}) ||
			!reflect.DeepEqual(v["phone"], []any{map[string]any{"phoneNumber": "5511999990000"}}) {
			k.t.Error(v)
		}
		if v := all[1].payload(k.t)["visitor"]; !reflect.DeepEqual(v, map[string]any{"_id": "v42"}) {
			k.t.Error(v)
		}
		if _, sent := all[0].header["X-Rocketchat-Livechat-Token"]; sent {
			k.t.Error("an empty token was sent")
		}
	})
}

// The documented sample: every field of it is sent under its name, with its kind of value.
func TestTheDocumentedSample(t *testing.T) {
	b, err := os.ReadFile("testdata/seed-session.json")
	if err != nil {
		t.Fatal(err)
	}
	ours, _ := json.Marshal((&Service{}).sample())
	var want, got any
	if json.Unmarshal(b, &want) != nil || json.Unmarshal(ours, &got) != nil {
		t.Fatal("no JSON")
	}
	for _, p := range missing("", want, got, []string{"visitor._id", "visitor.name", "visitor.ip"}) {
		t.Error(p)
	}
	golden(t, "sample", string(ours))
}

// missing names the fields of want that got has not, or with another value; made-up values may differ.
func missing(path string, want, got any, madeUp []string) (all []string) {
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for key, v := range w {
			at := path + "." + key
			if path == "" {
				at = key
			}
			if _, ok := g[key]; !ok {
				all = append(all, at+" is missing")
				continue
			}
			all = append(all, missing(at, v, g[key], madeUp)...)
		}
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			return append(all, path+" has another length")
		}
		for i := range w {
			all = append(all, missing(path, w[i], g[i], madeUp)...)
		}
	default:
		if reflect.TypeOf(want) != reflect.TypeOf(got) || !reflect.DeepEqual(want, got) && !slices.Contains(madeUp, path) {
			all = append(all, path+" differs")
		}
	}
	return all
}
