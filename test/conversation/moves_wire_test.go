package conversation

import (
	"net/url"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

const (
	forbidden = "User does not have the permissions required for this action [error-unauthorized]"
	noLogin   = "You must be logged in to do this."
)

func TestTheForwardEndpoint(t *testing.T) { // rest-api 7, LC-FWD
	online(t, func(t *testing.T, w *wire) {
		bob, eve, boss := w.mover("bob"), w.agent("eve"), w.user("boss", chat.RoleManager)
		r := w.open(w.visitor("ann"))
		w.department("support", eve)
		w.department("other", eve)
		w.signedIn(bob, eve, boss)
		w.take(bob, r)
		rid := `"roomId":"` + string(r.ID) + `"`
		const target = "livechat/room.forward"
		w.refused(t, 401, noLogin, "", "POST", target, `{`+rid+`,"userId":"u-eve"}`)
		w.refused(t, 403, "unauthorized", "eve", "POST", target, `{`+rid+`,"userId":"u-eve"}`)
		w.refused(t, 400, "must have required property 'roomId' [invalid-params]", "bob", "POST", target, `{"userId":"u-eve"}`)
		w.refused(t, 400, "An agent or a department is needed [error-no-target]", "bob", "POST", target, `{`+rid+`}`)
		w.refused(t, 400, "error-invalid-room", "bob", "POST", target, `{"roomId":"nowhere","userId":"u-eve"}`)
		w.refused(t, 400, "The selected agent and the room's agent are the same [error-selected-agent-room-agent-are-same]", "bob", "POST", target, `{`+rid+`,"userId":"u-bob"}`)
		w.ok("bob", "POST", target, `{`+rid+`,"userId":"u-eve","comment":"yours","clientAction":true}`)
		a := w.ok("boss", "GET", "foyer/rooms/"+string(r.ID), "")
		if a.at("room.servedBy.username") != "eve" || a.at("room.lastMessage.t") != "livechat_transfer_history" || a.at("room.lastMessage.u.username") != "bob" ||
			a.at("room.lastMessage.transferData.comment") != "yours" || a.at("room.lastMessage.transferData.scope") != "agent" || a.at("room.lastMessage.transferData.transferredTo.username") != "eve" {
			t.Errorf("room: %s", a.text)
		}
		w.refused(t, 400, "error-invalid-room", "bob", "POST", target, `{`+rid+`,"departmentId":"support"}`) // no longer his
		w.ok("boss", "POST", target, `{`+rid+`,"departmentId":"support"}`)
		a = w.ok("boss", "GET", "foyer/rooms/"+string(r.ID), "")
		if a.at("room.departmentId") != "support" || a.at("room.lastMessage.transferData.nextDepartment._id") != "support" || a.at("department.name") != "support" ||
			a.at("department.requestTagBeforeClosingChat") != false || a.at("can.forward") != true || a.at("can.hold") != false {
			t.Errorf("room: %s", a.text)
		}
		if a.at("siteName") != nil {
			t.Error("the only site is no news", a.text)
		}
		w.exec(`INSERT INTO sites (id, name, created_at) VALUES ('blog', 'Blog', 1)`)
		if a = w.ok("boss", "GET", "foyer/rooms/"+string(r.ID), ""); a.at("siteName") != "Default" {
			t.Errorf("room: %s", a.text)
		}

		history := "livechat/transfer.history/" + string(r.ID)
		w.refused(t, 403, forbidden, "eve", "GET", history, "")
		w.refused(t, 400, "error-invalid-room", "boss", "GET", "livechat/transfer.history/nowhere", "")
		a = w.ok("boss", "GET", history, "")
		all := a.at("history").([]any)
		if a.at("total") != 2.0 || a.at("count") != 2.0 || len(all) != 2 {
			t.Fatalf("history: %s", a.text)
		}
		first := answer{body: all[0].(map[string]any)}
		if first.at("scope") != "agent" || first.at("transferredBy.type") != "agent" || first.at("transferredBy._id") != "u-bob" || first.at("ts") == nil {
			t.Errorf("history: %s", a.text)
		}
		if a := w.ok("boss", "GET", history+"?count=1&offset=1", ""); a.at("total") != 2.0 || len(a.at("history").([]any)) != 1 || !strings.Contains(a.text, `"scope":"department"`) {
			t.Errorf("second page: %s", a.text)
		}
		if a := w.ok("boss", "GET", history+`?count=1&sort={"ts":-1}`, ""); !strings.Contains(a.text, `"scope":"department"`) {
			t.Errorf("the newest first: %s", a.text)
		}
		if a := w.ok("boss", "GET", "livechat/transfer.history/"+string(w.open(w.visitor("bea")).ID), ""); a.at("total") != 0.0 || len(a.at("history").([]any)) != 0 {
			t.Errorf("never transferred: %s", a.text)
		}
		w.close(boss, r)
		w.refused(t, 400, "This_conversation_is_already_closed", "boss", "POST", target, `{`+rid+`,"departmentId":"other"}`)
	})
}

func TestTheHoldEndpoints(t *testing.T) { // rest-api 7, LC-HOLD
	online(t, func(t *testing.T, w *wire) {
		bob, eve, boss, plain, ann := w.agent("bob"), w.agent("eve"), w.user("boss", chat.RoleManager), w.user("plain", chat.RoleUser), w.visitor("ann")
		w.signedIn(bob, eve, boss, plain)
		r := w.open(ann)
		w.take(bob, r)
		w.say(ann, r, "hello")
		body := `{"roomId":"` + string(r.ID) + `"}`
		const hold, resume = "livechat/room.onHold", "livechat/room.resumeOnHold"
		w.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = true })
		for _, target := range []string{hold, resume} {
			w.refused(t, 401, noLogin, "", "POST", target, body)
			w.refused(t, 403, forbidden, "plain", "POST", target, body)
			w.refused(t, 400, "must have required property 'roomId' [invalid-params]", "bob", "POST", target, `{}`)
			w.refused(t, 400, "error-invalid-room", "bob", "POST", target, `{"roomId":""}`)
			w.refused(t, 400, "error-invalid-room", "bob", "POST", target, `{"roomId":"nowhere"}`)
		}
		for _, who := range []string{"bob", "eve"} { // the order of what is looked at is that of the endpoint, also for who does not see the chat
			w.refused(t, 400, "error-cannot-place-chat-on-hold", who, "POST", hold, body)
			w.refused(t, 400, "error-room-not-on-hold", who, "POST", resume, body)
		}
		w.answer(bob, r, "hi")
		w.refused(t, 400, "Not_authorized", "eve", "POST", hold, body)
		eve.Permissions[chat.OnHoldOthersLivechatRoom] = true
		w.refused(t, 400, "Not_authorized", "eve", "POST", hold, body) // which he may not even see
		delete(eve.Permissions, chat.OnHoldOthersLivechatRoom)
		w.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = false })
		w.refused(t, 400, "Not allowed [error-not-allowed]", "bob", "POST", hold, body)
		w.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = true })
		w.ok("bob", "POST", hold, body)
		w.refused(t, 400, "error-room-is-already-on-hold", "bob", "POST", hold, body)
		w.refused(t, 400, "[error-room-onHold]", "boss", "POST", "livechat/room.forward", `{"roomId":"`+string(r.ID)+`","userId":"u-eve"}`)
		w.refused(t, 400, "[error-room-onHold]", "bob", "POST", "livechat/inquiries.returnAsInquiry", body)
		a := w.ok("bob", "GET", "foyer/rooms/"+string(r.ID), "")
		if a.at("room.onHold") != true || a.at("can.resume") != true || a.at("can.hold") != false || a.at("can.return") != false {
			t.Errorf("room: %s", a.text)
		}
		if a := w.ok("bob", "GET", "subscriptions.getOne?roomId="+string(r.ID), ""); a.at("subscription.onHold") != true { // INV-5
			t.Errorf("subscription: %s", a.text)
		}
		if a := w.ok("boss", "GET", "livechat/rooms?onhold=true", ""); a.at("total") != 1.0 {
			t.Errorf("listed: %s", a.text)
		}
		w.refused(t, 400, "Not_authorized", "eve", "POST", resume, body)
		w.ok("boss", "POST", resume, body)
		a = w.ok("bob", "GET", "foyer/rooms/"+string(r.ID), "")
		if a.at("room.onHold") != nil || a.at("room.lastMessage.t") != "omnichannel_on_hold_chat_resumed" ||
			a.at("room.lastMessage.comment") != "The chat was manually resumed from On Hold by Mx boss" {
			t.Errorf("room: %s", a.text)
		}
		w.close(bob, r)
		w.refused(t, 400, "error-room-already-closed", "boss", "POST", hold, body)
	})
}

func TestTheVisitorsDepartmentEndpoints(t *testing.T) { // rest-api 7, LC-FWD-4, LC-TOK-4
	online(t, func(t *testing.T, w *wire) {
		eve, ann, bea := w.agent("eve"), w.visitor("ann"), w.visitor("bea")
		w.signedIn(ann, bea)
		r := w.open(ann)
		for _, d := range []string{"sales", "support", "third"} {
			w.department(d, eve)
		}
		w.exec(`UPDATE departments SET forward_to = '["support"]' WHERE id = 'sales'`)
		const public, own = "livechat/visitor/department.transfer", "foyer/widget/department"
		body := func(token, rid, d string) string {
			return `{"token":` + quote(token) + `,"rid":` + quote(rid) + `,"department":` + quote(d) + `}`
		}
		rid := string(r.ID)
		w.refused(t, 400, "[invalid-token]", "", "POST", public, body("nobody", rid, "support"))
		w.refused(t, 400, "[invalid-room]", "", "POST", public, body("token of bea", rid, "support"))
		w.refused(t, 400, "[invalid-room]", "", "POST", public, body("token of ann", "nowhere", "support"))
		w.refused(t, 400, "must have required property 'token' [invalid-params]", "", "POST", public, `{}`)
		w.refused(t, 400, "[invalid-room]", "bea", "POST", own, body("", rid, "support"))
		w.refused(t, 401, noLogin, "", "POST", own, body("", rid, "support"))
		w.ok("", "POST", public, body("token of ann", rid, "sales"))
		if got := w.room(r); got.DepartmentID != "sales" {
			t.Errorf("room: %+v", got)
		}
		before := w.snapshot()
		delete(before, "decisions")
		if a := w.call("ann", "POST", own, body("", rid, "third")); a.status != 400 || a.body["errorType"] != "error-forwarding-department-target-not-allowed" {
			t.Errorf("not allowed: %s", a.text)
		}
		if a := w.call("ann", "POST", own, body("", rid, "sales")); a.status != 400 || !strings.Contains(a.text, "error-forwarding-") {
			t.Errorf("same: %s", a.text)
		}
		w.unchanged(t, before)
		w.ok("ann", "POST", own, body("", rid, "support"))
		a := w.ok("ann", "GET", "foyer/widget/history?rid="+rid, "")
		if a.at("room.departmentId") != "support" {
			t.Errorf("history: %s", a.text)
		}
		w.settings.set(func(s *chat.Settings) { s.AllowSwitchingDepartments = false })
		w.refused(t, 400, "Not allowed [error-not-allowed]", "ann", "POST", own, body("", rid, "sales"))
		w.settings.set(func(s *chat.Settings) { s.AllowSwitchingDepartments = true })
		w.close(ann, r)
		w.refused(t, 400, "[room-closed]", "ann", "POST", own, body("", rid, "sales"))
	})
}

func TestThePriorityAndSLAEndpoints(t *testing.T) { // rest-api 7, 10, LC-CF-7
	online(t, func(t *testing.T, w *wire) {
		bob, eve, boss, plain, ann := w.agent("bob"), w.agent("eve"), w.user("boss", chat.RoleManager), w.user("plain", chat.RoleUser), w.visitor("ann")
		w.signedIn(bob, eve, boss, plain, ann)
		w.policy("gold", 15)
		r := w.open(ann)
		rid := string(r.ID)
		priority, sla := "livechat/room/"+rid+"/priority", "livechat/inquiry.setSLA"
		w.refused(t, 401, noLogin, "", "POST", priority, `{"priorityId":"priority-1"}`)
		w.refused(t, 403, forbidden, "plain", "POST", priority, `{"priorityId":"priority-1"}`)
		w.refused(t, 403, forbidden, "plain", "DELETE", priority, ``)
		w.refused(t, 403, forbidden, "plain", "PUT", sla, `{"roomId":"`+rid+`","sla":"gold"}`)
		w.refused(t, 400, "must have required property 'priorityId' [invalid-params]", "bob", "POST", priority, `{}`)
		w.refused(t, 400, "Invalid priority [error-invalid-priority]", "bob", "POST", priority, `{"priorityId":"priority-9"}`)
		w.refused(t, 400, "error-room-does-not-exist", "bob", "POST", "livechat/room/nowhere/priority", `{"priorityId":"priority-1"}`)
		w.refused(t, 400, "error-room-does-not-exist", "bob", "DELETE", "livechat/room/nowhere/priority", ``)
		w.ok("bob", "POST", priority, `{"priorityId":"priority-1"}`)
		w.refused(t, 400, "The 'roomId' param is required", "bob", "PUT", sla, `{"sla":"gold"}`)
		w.refused(t, 400, "must have required property 'sla' [invalid-params]", "bob", "PUT", sla, `{"roomId":"`+rid+`"}`)
		w.refused(t, 400, "error-invalid-room", "bob", "PUT", sla, `{"roomId":"nowhere","sla":"gold"}`)
		w.refused(t, 400, "Invalid SLA [error-invalid-sla]", "bob", "PUT", sla, `{"roomId":"`+rid+`","sla":"tin"}`)
		w.ok("bob", "PUT", sla, `{"roomId":"`+rid+`","sla":"gold"}`)
		a := w.ok("bob", "GET", "livechat/inquiries.getOne?roomId="+rid, "")
		if a.at("inquiry.priorityWeight") != 1.0 || a.at("inquiry.estimatedWaitingTimeQueue") != 15.0 {
			t.Errorf("inquiry: %s", a.text)
		}
		a = w.ok("boss", "GET", "livechat/rooms?queued=true", "")
		if room := a.at("rooms").([]any)[0].(map[string]any); room["priorityId"] != "priority-1" || room["slaId"] != "gold" || room["priorityWeight"] != 1.0 {
			t.Errorf("room: %s", a.text)
		}
		a = w.ok("ann", "GET", "foyer/widget/history?rid="+rid, "")
		if strings.Contains(a.text, "omnichannel_") || len(a.at("messages").([]any)) != 1 { // LC-HID-1
			t.Errorf("the visitor is sent: %s", a.text)
		}
		w.take(bob, r)
		w.refused(t, 400, "[error-invalid-inquiry]", "bob", "PUT", sla, `{"roomId":"`+rid+`","sla":"gold"}`)
		w.refused(t, 400, "error-room-does-not-exist", "eve", "POST", priority, `{"priorityId":"priority-2"}`)
		w.refused(t, 400, "error-room-does-not-exist", "eve", "DELETE", priority, ``)
		w.refused(t, 400, "error-invalid-room", "eve", "PUT", sla, `{"roomId":"`+rid+`","sla":"gold"}`)
		w.ok("bob", "DELETE", priority, ``)
		if got := w.room(r); got.PriorityID != "" || got.PriorityWeight != 99 {
			t.Errorf("room: %+v", got)
		}
		w.close(bob, r)
		w.refused(t, 400, "[room-closed]", "boss", "POST", priority, `{"priorityId":"priority-2"}`)
		w.refused(t, 400, "[room-closed]", "boss", "DELETE", priority, ``)
		w.refused(t, 400, "[room-closed]", "boss", "PUT", sla, `{"roomId":"`+rid+`","sla":"gold"}`)

		bea := w.visitor("bea")
		w.refused(t, 400, "Invalid priority [error-invalid-priority]", "", "GET", "livechat/room?token="+url.QueryEscape("token of bea")+"&priority=x", "")
		w.refused(t, 400, "Invalid SLA [error-invalid-sla]", "", "GET", "livechat/room?token="+url.QueryEscape("token of bea")+"&sla=x", "")
		a = w.ok("", "GET", "livechat/room?token="+url.QueryEscape("token of bea")+"&sla=gold&priority=priority-5", "")
		if a.at("room.priorityWeight") != 5.0 || a.at("room.slaId") != "gold" || a.at("room.estimatedWaitingTimeQueue") != 15.0 {
			t.Errorf("opened for %s: %s", bea.Name, a.text)
		}
	})
}

func TestTheInfoEndpoint(t *testing.T) { // rest-api 7, LC-CF-5
	online(t, func(t *testing.T, w *wire) {
		bob, eve, boss, plain, ann := w.agent("bob"), w.agent("eve"), w.user("boss", chat.RoleManager), w.user("plain", chat.RoleUser), w.visitor("ann")
		mona := w.user("mona", chat.RoleMonitor)
		delete(mona.Permissions, chat.SaveOthersLivechatRoomInfo)
		w.signedIn(bob, eve, boss, plain, mona)
		r := w.open(ann)
		w.take(bob, r)
		const target = "livechat/room.saveInfo"
		info := func(room, guest string) string {
			return `{"roomData":{"_id":"` + string(r.ID) + `"` + room + `},"guestData":{"_id":"v-ann"` + guest + `}}`
		}
		w.refused(t, 401, noLogin, "", "POST", target, info("", ""))
		w.refused(t, 403, "unauthorized", "plain", "POST", target, info("", ""))
		w.refused(t, 403, "unauthorized", "mona", "POST", target, info(`,"topic":"x"`, ""))
		w.refused(t, 403, "unauthorized", "eve", "POST", target, info(`,"topic":"x"`, "")) // who serves it not, whether he sees it or not
		w.refused(t, 403, "unauthorized", "eve", "POST", target, `{"roomData":{"_id":"nowhere"},"guestData":{"_id":"v-ann"}}`)
		w.refused(t, 400, "error-invalid-room", "boss", "POST", target, `{"roomData":{"_id":"nowhere"},"guestData":{"_id":"v-ann"}}`)
		w.refused(t, 400, "must have required property 'guestData' [invalid-params]", "bob", "POST", target, `{"roomData":{"_id":"x"}}`)
		w.refused(t, 400, "must have required property 'roomData' [invalid-params]", "bob", "POST", target, `{"guestData":{"_id":"x"}}`)
		for _, bad := range []string{``, `{}`, `[]`, `{"roomData":1,"guestData":{"_id":"x"}}`, info(`,"tags":"a"`, ""), info(`,"livechatData":{"a":{}}`, ""), info("", `,"livechatData":{"a":[1]}`)} {
			before := w.snapshot()
			if a := w.call("bob", "POST", target, bad); a.status != 400 {
				t.Errorf("%s: %s", bad, a.text)
			}
			w.unchanged(t, before)
		}
		w.refused(t, 400, "SLA not found with id: x", "bob", "POST", target, info(`,"topic":"x","slaId":"x"`, ""))
		w.ok("bob", "POST", target, info(`,"topic":"Lamp","tags":["a"],"priorityId":"priority-2","livechatData":{}`, `,"name":"Anna","email":"anna@example.com","phone":"1","livechatData":{}`))
		got := w.room(r)
		if got.Topic != "Lamp" || len(got.Tags) != 1 || got.PriorityWeight != 2 || len(got.LivechatData) != 0 {
			t.Errorf("room: %+v", got)
		}
		w.ok("boss", "POST", target, info(`,"priorityId":""`, ``))
		if got := w.room(r); got.PriorityID != "" || got.Topic != "Lamp" || len(got.Tags) != 1 {
			t.Errorf("room: %+v", got)
		}
	})
}

func TestTheTagsOfAClosingOverTheWire(t *testing.T) { // LC-CLOSE-4
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		w.signedIn(bob)
		w.department("sales", bob)
		w.exec(`UPDATE departments SET request_tag = true WHERE id = 'sales'`)
		r := w.open(w.in(w.visitor("ann"), "sales"))
		w.take(bob, r)
		rid := `"rid":"` + string(r.ID) + `"`
		w.refused(t, 400, "error-comment-is-required", "bob", "POST", "livechat/room.closeByUser", `{`+rid+`,"clientAction":true}`)
		w.refused(t, 400, "error-tags-must-be-assigned-before-closing-chat", "bob", "POST", "livechat/room.closeByUser", `{`+rid+`,"comment":"x","clientAction":true}`)
		w.ok("bob", "POST", "livechat/room.closeByUser", `{`+rid+`,"comment":"x","tags":["refund"],"clientAction":true,"forceClose":false}`)
	})
}
