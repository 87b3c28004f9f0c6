package webhooks

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// webhooks.md 1.5 to 1.7: one golden file for every type, and the token's header.
func TestPayloads(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL, k.set.WebhookToken = f.URL+"/crm", "hush"
		k.set.NavigationAsMessage, k.set.WebhookNavigation = true, true
		secret, err := k.Secret(k.t.Context(), crmID)
		if err != nil {
			k.t.Fatal(err)
		}
		proof, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			k.t.Fatal(err)
		}
		r := room("r1")
		waiting := r
		waiting.ServedBy = nil
		ended := r
		ended.ClosedAt, ended.Closer, ended.ClosedBy = start+6000, chat.CloserUser, &chat.UserRef{ID: "u7", Username: "bea", Name: "Bea"}
		edit := sent("m7", "My invoice is very wrong", true).Message
		edit.EditedAt = start + 7000
		file := sent("m9", "", true)
		file.Message.Shared = shared("f1")
		visit := sent("page-1", "Cart - https://shop.example/cart", false)
		visit.Message.T, visit.Message.U = chat.MessageNavigation, chat.Sender{ID: "rocket.cat", Username: "rocket.cat"}
		visit.Message.Navigation = &chat.Navigation{Page: chat.NavigationPage{Change: "url", Title: "Cart", Location: chat.NavigationLocation{Href: "https://shop.example/cart"}}}
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
			{"message-file", file},
			{"navigation", visit},
			{"offline", chat.OfflineReceived{Message: chat.OfflineMessage{ID: "o1", At: start, Name: "Ana Lima", Email: "ana@example.org", Phone: "1", Text: "Are you there?",
				Department: "dep2", Asked: "Billing", Host: "https://shop.example/cart"}}},
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
			if err := proof.VerifyIgnoringTimestamp([]byte(g.body), g.header); err != nil { // the reference library, for every kind
				k.t.Error(c.name, err)
			}
			if h := g.header; h.Get("X-RocketChat-Livechat-Token") != "hush" || h.Get("Content-Type") != "application/json" || h.Get("X-Livechat-Attempt") != "1" || h.Get("X-Livechat-Delivery") == "" {
				k.t.Errorf("%s: %v", c.name, h)
			}
		}
	})
}

// shared is a message's picture.
func shared(id chat.FileID) chat.Shared {
	ref := chat.FileRef{ID: id, Name: "invoice.png", Type: "image/png"}
	return chat.Shared{File: &ref, Files: []chat.FileRef{ref}, Attachments: []chat.Attachment{{TS: start, Title: ref.Name, Type: "file", TitleLink: ref.Path(), TitleLinkDownload: true,
		Description: "page 1", ImageURL: ref.Path(), ImageType: ref.Type, ImageSize: 1234, ImagePreview: "AAAA", ImageDimensions: &chat.Dimensions{Width: 3, Height: 2}}}}
}

// webhooks.md 1.11 to 1.13: a whole conversation with files, page visits and the rating;
// the visits only while both settings are on.
func TestTheWholeConversation(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL, k.set.SiteURL = f.URL, "https://support.example.org/"
		k.exec(`UPDATE messages SET extra = $1 WHERE id = 'r1-m2'`, db.JSON(chat.MessageExtra{Shared: shared("f1")}))
		k.exec(`UPDATE messages SET extra = $1 WHERE id = 'r1-m4'`, db.JSON(chat.MessageExtra{Shared: shared("gone")}))
		k.exec(`UPDATE messages SET t = $1, extra = $2 WHERE id = 'r1-m3'`, chat.MessageNavigation,
			db.JSON(chat.MessageExtra{Navigation: &chat.Navigation{Page: chat.NavigationPage{Change: "url", Title: "Cart", Location: chat.NavigationLocation{Href: "https://shop.example/cart"}}}}))
		k.exec(`INSERT INTO surveys (room_id, answers, satisfaction, agent_id, department_id, at) VALUES ('r1', '{"satisfaction":"5","additionalFeedback":"Thanks"}', 5, 'u7', '', 1)`)
		for _, on := range [][2]bool{{true, true}, {true, false}, {false, true}} {
			k.set.NavigationAsMessage, k.set.WebhookNavigation = on[0], on[1]
			k.tell(chat.RoomClosed{Room: room("r1"), Seq: 6})
		}
		k.deliver()
		for i, g := range f.got() {
			if i == 0 {
				golden(k.t, "close-whole", g.body)
			} else if strings.Contains(g.body, "navigation") {
				k.t.Error(g.body)
			}
		}
		if len(f.got()) != 3 {
			k.t.Error(len(f.got()))
		}
	})
}

// webhooks.md 1.7: a message without text has its blocks as text.
func TestBlocksAreTheTextWhereThereIsNone(t *testing.T) {
	blocks := []chat.Block{{Type: "section", Text: "Hello"}}
	for text, want := range map[string]string{"": `[{"type":"section","text":"Hello"}]`, "Words": "Words"} {
		if m := told(chat.Message{Msg: text, MessageExtra: chat.MessageExtra{Blocks: blocks}}); m.Msg != want || len(m.Blocks) != 1 {
			t.Errorf("%q: %+v", text, m)
		}
	}
	if m := told(chat.Message{}); m.Msg != "" {
		t.Error(m.Msg)
	}
}

// LC-OFF-5: the documented sample of an offline message, exactly its fields.
func TestTheDocumentedOfflineSample(t *testing.T) {
	b, err := os.ReadFile("testdata/seed-offline.json")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, "2016-06-01T19:55:53.867Z")
	if err != nil {
		t.Fatal(err)
	}
	ours, err := json.Marshal(offlinePayload(chat.OfflineMessage{At: clock.Of(at), Name: "name from the form", Email: "email@fromtheform.com", Text: "message from the form"}))
	var want, got any
	if err != nil || json.Unmarshal(b, &want) != nil || json.Unmarshal(ours, &got) != nil || !reflect.DeepEqual(want, got) {
		t.Errorf("%s %v", ours, err)
	}
}

// settings.md 2.4: each switch sends its kind, and off sends nothing of it; an edit has none.
func TestSwitches(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		mail := sent("m7", "write to ana@example.com", true)
		visit := sent("page-1", "x", false)
		visit.Message.T, visit.Message.Navigation = chat.MessageNavigation, &chat.Navigation{}
		happens := func() {
			for _, e := range []chat.Event{chat.RoomOpened{Room: room("r1")}, chat.RoomClosed{Room: room("r1"), Seq: 6}, chat.RoomTaken{Room: room("r1"), Seq: 6},
				chat.InquiryQueued{Inquiry: chat.Inquiry{RID: "r1"}, Seq: 6}, chat.RoomForwarded{Room: room("r1"), Scope: "agent", Seq: 6}, chat.OfflineReceived{},
				mail, sent("m8", "x", false), visit, chat.RoomDescribed{Room: room("r1")}, chat.RoomDescribed{Room: open("r1")}} {
				k.tell(e)
			}
			k.deliver()
		}
		k.set.NavigationAsMessage = true
		for id, want := range map[string]string{"Livechat_webhook_on_start": "LivechatSessionStart", "Livechat_webhook_on_close": "LivechatSession",
			"Livechat_webhook_on_chat_taken": "LivechatSessionTaken", "Livechat_webhook_on_chat_queued": "LivechatSessionQueued", "Livechat_webhook_on_forward": "LivechatSessionForwarded",
			"Livechat_webhook_on_offline_msg": "LivechatOfflineMessage", "Livechat_webhook_on_visitor_message": "Message", "Livechat_webhook_on_agent_message": "Message",
			"Send_visitor_navigation_history_livechat_webhook_request": "Message", "Livechat_webhook_on_capture": "LeadCapture", "": ""} {
			for _, s := range chat.AllSettings() {
				if s.Section == "CRM Integration" && s.Type == chat.SettingBoolean && s.ID != "Livechat_webhook_contact_lists" {
					k.set = s.With(k.set, s.ID == id)
				}
			}
			before := len(f.got())
			happens()
			got := f.types(k.t)[before:]
			slices.Sort(got)
			all := []string{"LivechatEdit"}
			if want != "" {
				all = append(all, want)
			}
			slices.Sort(all)
			if !slices.Equal(got, all) {
				k.t.Errorf("%s: %v", id, got)
			}
		}
	})
}

// open is a room that goes on.
func open(id chat.RoomID) chat.Room {
	r := room(id)
	r.Open = true
	return r
}

// webhooks.md 1.5, 1.7, LC-NAV-6: what is told to nobody.
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
		visit := sent("page-1", "x", false) // no line in the chat
		visit.Message.T, visit.Message.Navigation = chat.MessageNavigation, &chat.Navigation{}
		k.set.WebhookNavigation, k.set.NavigationAsMessage = true, false
		k.tell(visit)
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
