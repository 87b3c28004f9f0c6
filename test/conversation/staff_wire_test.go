package conversation

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

func TestTheAgentsEndpoints(t *testing.T) { // rest-api 5, 7, 8, 10
	online(t, func(t *testing.T, w *wire) {
		bob, boss, ann := w.agent("bob"), w.user("boss", chat.RoleManager), w.visitor("ann")
		w.signedIn(bob, boss)
		room := w.open(ann)
		rid := string(room.ID)
		w.say(ann, room, "hello there")
		a := w.ok("bob", "GET", "foyer/inbox", "")
		waiting := a.at("waiting").([]any)
		if len(waiting) != 1 || len(a.at("mine").([]any)) != 0 || waiting[0].(map[string]any)["message"] != "hello there" {
			t.Fatalf("inbox: %s", a.text)
		}
		a = w.ok("bob", "GET", "livechat/inquiries.getOne?roomId="+rid, "")
		inquiry, _ := a.at("inquiry._id").(string)
		if a.at("inquiry.status") != "queued" || a.at("inquiry.name") != "ann" || a.at("inquiry.t") != "l" || a.at("inquiry.source.type") != "api" ||
			a.at("inquiry.priorityWeight") != 99.0 || a.at("inquiry.estimatedWaitingTimeQueue") != 9999999.0 || a.at("inquiry.v._id") != "v-ann" || a.at("inquiry.department") != nil {
			t.Errorf("inquiry: %s", a.text)
		}
		a = w.ok("bob", "GET", "foyer/rooms/"+rid, "")
		if a.at("can.take") != true || a.at("can.write") != false || a.at("can.close") != false || a.at("visitor.username") != "guest-1" || a.at("reason") != "Waits until an agent takes it" {
			t.Errorf("room that waits: %s", a.text)
		}
		if a := w.ok("bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+inquiry+`"}`); a.at("inquiry.status") != "taken" {
			t.Errorf("take: %s", a.text)
		}
		a = w.ok("bob", "GET", "foyer/rooms/"+rid, "")
		if a.at("can.take") != false || a.at("can.write") != true || a.at("can.close") != true || a.at("room.servedBy.username") != "bob" || a.at("agent.username") != "bob" || a.at("reason") != "Taken by bob" {
			t.Errorf("room that is served: %s", a.text)
		}
		a = w.ok("bob", "GET", "foyer/inbox", "")
		mine := a.at("mine").([]any)
		if len(a.at("waiting").([]any)) != 0 || len(mine) != 1 || mine[0].(map[string]any)["unread"] != 0.0 || mine[0].(map[string]any)["_id"] != rid {
			t.Errorf("inbox after the take: %s", a.text)
		}
		a = w.ok("bob", "GET", "subscriptions.getOne?roomId="+rid, "")
		if a.at("subscription.rid") != rid || a.at("subscription.unread") != 1.0 || a.at("subscription.userMentions") != 1.0 || a.at("subscription.groupMentions") != 0.0 ||
			a.at("subscription.open") != true || a.at("subscription.alert") != true || a.at("subscription.fname") != "ann" || a.at("subscription.u.username") != "bob" || a.at("subscription.v._id") != "v-ann" {
			t.Errorf("subscription: %s", a.text)
		}
		for range 2 {
			a = w.ok("bob", "POST", "chat.sendMessage", `{"message":{"rid":"`+rid+`","msg":"hi","_id":"m1","t":"livechat-close","alias":"x","attachments":[]}}`)
			if a.at("message._id") != "m1" || a.at("message.msg") != "hi" || a.at("message.u.username") != "bob" || a.at("message.t") != nil || a.at("message.alias") != nil {
				t.Errorf("message: %s", a.text)
			}
		}
		if a := w.ok("bob", "POST", "chat.sendMessage", `{"message":{"rid":"`+rid+`"}}`); a.at("message.msg") != "" {
			t.Errorf("message without text: %s", a.text)
		}
		a = w.ok("bob", "GET", "rooms.get", "")
		if list := a.at("update").([]any); len(list) != 2 || list[0].(map[string]any)["_id"] != rid || list[1].(map[string]any)["_id"] != "GENERAL" || len(a.at("remove").([]any)) != 0 {
			t.Errorf("rooms: %s", a.text)
		}
		if a := w.ok("boss", "GET", "rooms.get", ""); len(a.at("update").([]any)) != 1 {
			t.Errorf("not a member: %s", a.text)
		}
		a = w.ok("bob", "GET", "foyer/rooms/"+rid+"/history?after=0", "")
		if len(a.at("messages").([]any)) != 6 || a.at("seq") != 7.0 || a.at("more") != false {
			t.Errorf("history: %s", a.text)
		}
		a = w.ok("bob", "GET", "livechat/"+rid+"/messages?searchTerm=HELLO", "")
		if a.at("total") != 1.0 || a.at("count") != 1.0 || len(a.at("messages").([]any)) != 1 {
			t.Errorf("search: %s", a.text)
		}
		if a := w.ok("bob", "GET", "livechat/"+rid+"/messages?searchTerm=", ""); a.at("total") != 3.0 {
			t.Errorf("search for nothing: %s", a.text)
		} else if b := w.ok("bob", "GET", "livechat/"+rid+`/messages?sort={"ts":1}`, ""); b.at("messages.0._id") != a.at("messages.2._id") || b.at("messages.2._id") != a.at("messages.0._id") {
			t.Errorf("the oldest first: %s", b.text)
		}
		if a := w.ok("bob", "GET", "livechat/"+rid+"/messages?searchTerm=%25", ""); a.at("total") != 0.0 {
			t.Errorf("a percent sign finds everything: %s", a.text)
		}
		w.ok("boss", "GET", "livechat/room.join?roomId="+rid, "")
		a = w.ok("boss", "GET", "livechat/queue", "")
		if q := a.at("queue").([]any); len(q) != 1 || q[0].(map[string]any)["chats"] != 1.0 || a.at("total") != 1.0 || !strings.Contains(a.text, `"username":"bob","status":"online"`) {
			t.Errorf("queue: %s", a.text)
		}
		if a := w.ok("boss", "GET", "livechat/queue?agentId=nobody", ""); a.at("total") != 0.0 || a.at("count") != 0.0 {
			t.Errorf("queue of nobody: %s", a.text)
		}
		if a := w.ok("bob", "POST", "livechat/inquiries.returnAsInquiry", `{"roomId":"`+rid+`"}`); a.at("result") != true {
			t.Errorf("returned: %s", a.text)
		}
		w.ok("bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+inquiry+`"}`)
		w.refused(t, 400, "error-comment-is-required", "bob", "POST", "livechat/room.closeByUser", `{"rid":"`+rid+`"}`)
		w.ok("bob", "POST", "livechat/room.closeByUser", `{"rid":"`+rid+`","comment":"done","tags":["a"],"generateTranscriptPdf":false,"transcriptEmail":{"sendToVisitor":false}}`)
		w.refused(t, 400, "error-room-already-closed", "bob", "POST", "livechat/room.closeByUser", `{"rid":"`+rid+`","comment":"done"}`)
		if a := w.ok("bob", "GET", "subscriptions.getOne?roomId="+rid, ""); a.body["subscription"] != nil || !strings.Contains(a.text, `"subscription":null`) {
			t.Errorf("subscription after the close: %s", a.text)
		}
		if a := w.ok("bob", "GET", "livechat/inquiries.getOne?roomId="+rid, ""); !strings.Contains(a.text, `"inquiry":null`) {
			t.Errorf("inquiry after the close: %s", a.text)
		}
		if a := w.ok("bob", "GET", "foyer/rooms/"+rid, ""); a.at("can.write") != false || a.at("can.close") != false || a.at("room.open") != nil {
			t.Errorf("closed room: %s", a.text)
		}
	})
}

func TestStaffNeverSeesATokenAndVisitorsNoForeignOne(t *testing.T) { // permissions.md 6, INV-13
	online(t, func(t *testing.T, w *wire) {
		bob, boss, ann := w.agent("bob"), w.user("boss", chat.RoleAdmin), w.visitor("ann")
		w.signedIn(bob, boss)
		room, waits := w.open(ann), w.open(w.visitor("bea"))
		w.say(ann, room, "hello")
		w.take(bob, room)
		rid := string(room.ID)
		for _, who := range []string{"bob", "boss"} {
			for _, target := range []string{"foyer/inbox", "foyer/rooms/" + rid, "foyer/rooms/" + rid + "/history", "livechat/" + rid + "/messages", "rooms.get",
				"subscriptions.getOne?roomId=" + rid, "livechat/inquiries.getOne?roomId=" + string(waits.ID), "livechat/inquiries.queuedForUser", "livechat/inquiries.queued",
				"livechat/rooms?agents[]=" + string(w.users[who].User)} {
				if a := w.ok(who, "GET", target, ""); strings.Contains(a.text, "token") {
					t.Errorf("%s: %s: %s", who, target, a.text)
				}
			}
		}
		for _, target := range []string{"livechat/rooms", "livechat/inquiries.list"} {
			if a := w.ok("boss", "GET", target, ""); strings.Contains(a.text, "token") {
				t.Errorf("%s: %s", target, a.text)
			}
		}
		if a := w.ok("bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+string(w.inquiry(waits).ID)+`"}`); strings.Contains(a.text, "token") {
			t.Errorf("take: %s", a.text)
		}
	})
}

func TestWhoMaySeeWhat(t *testing.T) { // permissions.md 5
	online(t, func(t *testing.T, w *wire) {
		bob, eve, boss, plain := w.agent("bob"), w.agent("eve"), w.user("boss", chat.RoleManager), w.user("plain", chat.RoleUser)
		w.signedIn(bob, eve, boss, plain)
		served, waits, elsewhere := w.open(w.visitor("v1")), w.open(w.visitor("v2")), w.visitor("v3")
		w.take(bob, served)
		w.department("sales", bob)
		w.exec(`UPDATE visitors SET department_id = 'sales' WHERE id = $1`, elsewhere.Visitor)
		theirs := w.open(elsewhere)
		see := func(who string, r chat.Room) bool {
			t.Helper()
			seen := w.call(who, "GET", "foyer/rooms/"+string(r.ID), "").status == 200
			for _, target := range []string{"foyer/rooms/" + string(r.ID) + "/history", "livechat/" + string(r.ID) + "/messages"} {
				if got := w.call(who, "GET", target, "").status == 200; got != seen {
					t.Errorf("%s: %s: %v, but the room itself %v", who, target, got, seen)
				}
			}
			return seen
		}
		for who, want := range map[string][3]bool{ // served by bob, waits in public, waits in bob's department
			"bob": {true, true, true}, "eve": {false, true, false}, "boss": {true, true, true}, "plain": {false, false, false},
		} {
			if got := [3]bool{see(who, served), see(who, waits), see(who, theirs)}; got != want {
				t.Errorf("%s sees %v, want %v", who, got, want)
			}
		}
		for who, want := range map[string]float64{"bob": 2, "eve": 1, "boss": 2} { // permissions.md 5 restricts both
			for _, target := range []string{"livechat/inquiries.queuedForUser", "livechat/inquiries.queued"} {
				if a := w.ok(who, "GET", target, ""); a.at("total") != want {
					t.Errorf("%s: %s: %s, want %v", who, target, a.text, want)
				}
			}
		}
		if a := w.ok("eve", "GET", "livechat/inquiries.getOne?roomId="+string(theirs.ID), ""); a.body["inquiry"] != nil {
			t.Errorf("an inquiry of another department: %s", a.text)
		}
		if a := w.ok("boss", "GET", "livechat/inquiries.list?department=sales", ""); a.at("total") != 1.0 {
			t.Errorf("of a department: %s", a.text)
		}
		unknown := w.call("eve", "GET", "foyer/rooms/nowhere", "")
		if foreign := w.call("eve", "GET", "foyer/rooms/"+string(served.ID), ""); foreign.text != unknown.text || foreign.status != unknown.status {
			t.Errorf("a foreign and an unknown room are told apart: %s %s", foreign.text, unknown.text)
		}
		const denied = "User does not have the permissions required for this action [error-unauthorized]"
		for _, c := range [][]string{{"plain", "GET", "foyer/inbox"}, {"plain", "GET", "livechat/inquiries.queuedForUser"}, {"bob", "GET", "livechat/inquiries.list"},
			{"plain", "POST", "livechat/inquiries.take"}, {"plain", "POST", "livechat/room.closeByUser"}, {"plain", "POST", "livechat/messages"}} {
			w.refused(t, 403, denied, c[0], c[1], c[2], "")
		}
		w.refused(t, 403, "unauthorized", "plain", "GET", "livechat/rooms?count=invalid", "")
		w.refused(t, 403, "unauthorized", "bob", "GET", "livechat/rooms", "")
		w.refused(t, 403, "unauthorized", "bob", "GET", "livechat/rooms?agents[]=u-eve", "")
		if a := w.ok("bob", "GET", "livechat/rooms?agents[]=u-bob", ""); a.at("total") != 1.0 {
			t.Errorf("his own: %s", a.text)
		}
		w.refused(t, 401, "You must be logged in to do this.", "", "GET", "foyer/inbox", "")
	})
}

func TestListingRooms(t *testing.T) { // rest-api 7
	online(t, func(t *testing.T, w *wire) {
		bob, boss := w.agent("bob"), w.user("boss", chat.RoleManager)
		w.signedIn(bob, boss)
		closed := w.open(w.visitor("Anna 100%"))
		if err := w.rooms.Close(w.ctx, boss, closing(closed, `say "hi"`)); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(time.Hour)
		served := w.open(w.visitor("Bert"))
		w.take(bob, served)
		w.clock.Advance(time.Hour)
		waits := w.open(w.visitor("cleo_x"))
		w.exec(`UPDATE rooms SET livechat_data = '{"docId":"031041"}' WHERE id = $1`, waits.ID)
		w.exec(`UPDATE rooms SET unit_id = 'east' WHERE id = $1`, served.ID)
		names := map[string]string{string(closed.ID): "closed", string(served.ID): "served", string(waits.ID): "waits"}
		for query, want := range map[string]string{
			"": "waits served closed", "open=true": "served", "open=false": "closed", "queued=true": "waits", "onhold=true": "", "queued=true&onhold=true": "waits",
			"agents[]=u-bob": "served", "agents[]=u-bob&agents[]=x": "served", "agents[]=x": "", "roomName=anna": "closed", "roomName=100%25": "closed", "roomName=_x": "waits", "roomName=b_rt": "",
			"units[]=east": "served", "units[]=west&units[]=east": "served", "units[]=west": "", "departmentId=x": "", "tags[]=" + url.QueryEscape(`say "hi"`): "closed", "tags[]=a": "", "tags[]=say": "",
			`customFields={"docId":"031041"}`: "waits", `customFields={"docId":"0310"}`: "", `customFields={"$ne":"x"}`: "",
			`createdAt={"start":"2026-01-01T12:30:00.000Z"}`: "waits served", `createdAt={"end":"2026-01-01T13:30:00.000Z"}`: "served closed",
			`closedAt={"start":"2020-01-01T00:00:00.000Z"}`: "closed", `closedAt={"end":"2030-01-01T00:00:00.000Z"}`: "closed", `createdAt={}`: "waits served closed",
			`sort={"open":1}`: "closed waits served", `sort={"open":-1}`: "waits served closed", `sort={"fname":1}`: "closed served waits", `sort={"nonsense":1}`: "waits served closed",
			"count=1": "waits", "offset=1&count=1": "served", "offset=9": "", `fields={"msgs":0}`: "waits served closed",
		} {
			key, value, _ := strings.Cut(query, "=")
			if strings.HasPrefix(value, "{") {
				query = key + "=" + url.QueryEscape(value)
			}
			a := w.ok("boss", "GET", "livechat/rooms?"+query, "")
			var got []string
			for _, r := range a.at("rooms").([]any) {
				got = append(got, names[r.(map[string]any)["_id"].(string)])
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %v, want %s", query, got, want)
			}
			if a.at("count") != float64(len(got)) || len(got) > 0 && a.at("total").(float64) < float64(len(got)) {
				t.Errorf("%s: counts %v %v", query, a.at("count"), a.at("total"))
			}
		}
		for fields, want := range map[string]string{
			`{"fname":1}`:               `"rooms":[{"_id":"` + string(served.ID) + `","fname":"Bert"}]`,
			`{"v.username":1,"_id":0}`:  `"rooms":[{"v":{"username":"guest-2"}}]`,
			`{"lastMessage.msg":1}`:     `"rooms":[{"_id":"` + string(served.ID) + `","lastMessage":{"msg":"bob"}}]`,
			`{"$where":1,"password":1}`: `"rooms":[{"_id":"` + string(served.ID) + `"}]`,
		} {
			if a := w.ok("boss", "GET", "livechat/rooms?open=true&fields="+url.QueryEscape(fields), ""); !strings.Contains(a.text, want) {
				t.Errorf("%s: %s", fields, a.text)
			}
		}
		if a := w.ok("boss", "GET", "livechat/rooms?open=true&fields="+url.QueryEscape(`{"msgs":0,"v":0}`), ""); strings.Contains(a.text, `"msgs"`) || strings.Contains(a.text, `"v"`) || !strings.Contains(a.text, `"fname"`) {
			t.Errorf("all but these: %s", a.text)
		}
		for _, bad := range []string{"x", "1", "[]", `{"msgs":2}`, `{"msgs":"1"}`, `{"msgs":{"$slice":1}}`} {
			if a := w.call("boss", "GET", "livechat/rooms?fields="+url.QueryEscape(bad), ""); a.status != 400 || a.at("success") != false || a.at("errorType") != "invalid-params" {
				t.Errorf("%s: %d %s", bad, a.status, a.text)
			}
		}
		if a := w.ok("boss", "GET", "livechat/rooms/filters", ""); len(a.at("filters").([]any)) != 1 || !strings.Contains(a.text, `{"type":"api"}`) {
			t.Errorf("filters: %s", a.text)
		}
	})
}

func TestBadInputFromStaff(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob, boss := w.agent("bob"), w.user("boss", chat.RoleAdmin)
		w.signedIn(bob, boss)
		room, other := w.open(w.visitor("ann")), w.open(w.visitor("bea"))
		w.take(bob, room)
		m := w.say(chat.Actor{Visitor: "v-bea"}, other, "hi")
		rid, inquiry := string(room.ID), string(w.inquiry(other).ID)
		const send, take, end = "chat.sendMessage", "livechat/inquiries.take", "livechat/room.closeByUser"
		for text, c := range map[string][]string{
			`The "message" parameter must be provided. [error-invalid-params]`: {"POST", send, `{}`},
			"The 'rid' property on the message object is missing.":             {"POST", send, `{"message":{"msg":"x"}}`},
			"error-invalid-room": {"POST", send, `{"message":{"rid":"nowhere","msg":"x"}}`},
			"must have required property 'inquiryId' [invalid-params]": {"POST", take, `{}`},
			"Inquiry not found [error-not-found]":                      {"POST", take, `{"inquiryId":"nothing"}`},
			"must have required property 'rid' [invalid-params]":       {"POST", end, `{}`},
			"must have required property 'roomId' [invalid-params]":    {"GET", "livechat/room.join", ""},
			"[invalid-room]": {"GET", "livechat/nowhere/messages", ""},
		} {
			w.refused(t, 400, text, "bob", c[0], c[1], c[2])
		}
		w.badRequests(t, "bob", [][]string{
			{"POST", send, ""}, {"POST", send, "["}, {"POST", send, `{"message":"x"}`}, {"POST", send, `{"message":[]}`}, {"POST", send, `{"message":{"rid":{"$gt":""},"msg":"x"}}`},
			{"POST", send, `{"message":{"rid":"` + rid + `","msg":{}}}`}, {"POST", send, `{"message":{"rid":"` + rid + `","msg":"\u0000"}}`}, {"POST", send, `{"message":{"rid":"` + rid + `","msg":"x","_id":" "}}`},
			{"POST", send, `{"message":{"rid":"` + rid + `","msg":` + quote(strings.Repeat("x", 5001)) + `}}`}, {"POST", send, `{"message":{"rid":"` + rid + `","msg":"x","_id":"` + string(m.ID) + `"}}`},
			{"POST", send, `{"message":{"rid":"` + string(other.ID) + `","msg":"x"}}`},
			{"POST", take, `{"inquiryId":{"a":1}}`}, {"POST", take, `{"inquiryId":["` + inquiry + `"]}`}, {"POST", take, `{"inquiryId":""}`}, {"POST", take, `{"inquiryId":"` + inquiry + `","userId":{}}`},
			{"POST", take, `{"inquiryId":"` + inquiry + `","userId":"u-boss"}`}, {"POST", take, `{"inquiryId":` + quote(strings.Repeat("x", 200)) + `}`},
			{"POST", end, `{"rid":{},"comment":"x"}`}, {"POST", end, `{"rid":"` + rid + `","comment":{}}`}, {"POST", end, `{"rid":"` + rid + `","comment":"x","tags":"a"}`},
			{"POST", end, `{"rid":"` + rid + `","comment":"x","tags":[{}]}`}, {"POST", end, `{"rid":"nowhere","comment":"x"}`},
			{"POST", end, `{"rid":"` + rid + `","comment":"\u0000"}`}, {"POST", end, `{"rid":"` + string(other.ID) + `","comment":"x"}`},
			{"POST", "livechat/inquiries.returnAsInquiry", `{}`}, {"POST", "livechat/inquiries.returnAsInquiry", `{"roomId":7e999}`}, {"POST", "livechat/inquiries.returnAsInquiry", `{"roomId":"` + rid + `","departmentId":"x"}`},
			{"GET", "livechat/room.join?roomId=", ""}, {"GET", "livechat/room.join?roomId[]=x", ""}, {"GET", "livechat/room.join?roomId=nowhere", ""},
			{"GET", "foyer/rooms/nowhere", ""}, {"GET", "foyer/rooms/%00", ""}, {"GET", "foyer/rooms/" + rid + "/history?before=x", ""}, {"GET", "foyer/rooms/" + rid + "/history?count=99999999999999999999", ""},
			{"GET", "livechat/" + rid + "/messages?searchTerm[]=x", ""}, {"GET", "livechat/" + rid + "/messages?count=x", ""}, {"GET", "livechat/" + rid + "/messages?searchTerm=" + strings.Repeat("x", 501), ""},
			{"GET", "livechat/inquiries.getOne", ""}, {"GET", "livechat/inquiries.getOne?roomId[]=x", ""}, {"GET", "livechat/inquiries.queuedForUser?count=-1", ""}, {"GET", "livechat/inquiries.queuedForUser?department[]=x", ""},
			{"GET", "livechat/queue?offset=x", ""}, {"GET", "livechat/queue?includeOfflineAgents=perhaps", ""}, {"GET", "subscriptions.getOne", ""}, {"GET", "rooms.get?updatedSince=never", ""},
		})
		w.badRequests(t, "boss", [][]string{
			{"GET", "livechat/rooms?agents=u-bob", ""}, {"GET", "livechat/rooms?roomName[]=x", ""}, {"GET", "livechat/rooms?departmentId[]=x", ""}, {"GET", "livechat/rooms?open[]=true", ""},
			{"GET", "livechat/rooms?tags=a", ""}, {"GET", "livechat/rooms?createdAt=x", ""}, {"GET", "livechat/rooms?closedAt=%7B", ""}, {"GET", "livechat/rooms?customFields=x", ""},
			{"GET", "livechat/rooms?count=invalid", ""}, {"GET", "livechat/rooms?open=perhaps", ""}, {"GET", "livechat/rooms?sort=ts", ""}, {"GET", "livechat/rooms?sort=" + object(1000, "1"), ""}, {"GET", "livechat/rooms?customFields=" + object(1200, `""`), ""},
			{"GET", "livechat/rooms?createdAt=" + url.QueryEscape(`{"start":"soon"}`), ""},
		})
		for _, text := range hostile {
			w.badRequests(t, "bob", [][]string{{"POST", send, `{"message":{"rid":` + quote(text) + `,"msg":"x"}}`}, {"POST", take, `{"inquiryId":` + quote(text) + `}`},
				{"POST", end, `{"rid":` + quote(text) + `,"comment":"x"}`}, {"GET", "foyer/rooms/" + url.PathEscape(text), ""}})
			w.ok("boss", "GET", "livechat/rooms?roomName="+url.QueryEscape(text)+"&tags[]="+url.QueryEscape(text), "")
			w.ok("bob", "GET", "livechat/"+rid+"/messages?searchTerm="+url.QueryEscape(text), "")
		}
	})
}

// object is a JSON object of n fields in a query.
func object(n int, value string) string {
	fields := make([]string, n)
	for i := range fields {
		fields[i] = quote(fmt.Sprintf("f%d", i)) + ":" + value
	}
	return url.QueryEscape("{" + strings.Join(fields, ",") + "}")
}
