package live

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/realtime"
)

// everything that can happen in a room, in one conversation.
func conversation(k *kit, r *chat.Room) {
	k.happens(r, fromVisitor("m1", "hello", *r))
	k.serve(r, "bob")
	agent := chat.AgentView{ID: "bob", Username: "bob", Name: "Agent bob", Emails: []chat.UserEmail{{Address: "bob@example.org"}}, Status: chat.Online}
	k.happens(r, chat.RoomTaken{Agent: agent, By: chat.UserRef{ID: "bob", Username: "bob"}, Reason: "least busy"})
	joined := fromAgent("m2", "bob", "bob")
	joined.Message.T = chat.MessageJoined
	k.happens(r, joined)
	k.happens(r, fromAgent("m3", "hi", "bob"))
	hidden := fromAgent("m4", "a page nobody sees", "bob")
	hidden.Message.Hidden, hidden.Message.T = true, chat.MessageNavigation
	k.happens(r, hidden)
	edited := fromVisitor("m1", "hello!", *r).Message
	edited.EditedAt, edited.Seq = start, 1
	k.happens(r, chat.MessageChanged{Message: edited})
	k.happens(r, chat.RoomChanged{})
	r.Open, r.Closer, r.ClosedBy = false, chat.CloserUser, &chat.UserRef{ID: "bob", Username: "bob"}
	k.happens(r, chat.RoomClosed{Agents: []chat.AgentID{"bob"}})
}

var names = []string{"message", "taken", "message", "message", none, "message-changed", "changed", "closed"}

func (c *client) takeAll(first int64) (data []string) {
	c.k.t.Helper()
	for i, name := range names {
		f := c.wantNamed("event", name)
		if f.Seq != first+int64(i) || f.Room != "r1" {
			c.k.t.Fatalf("%s: %s", c.name, f.raw)
		}
		data = append(data, string(f.Data))
	}
	return data
}

// What comes live is what a backlog says later, for either audience; no frame
// carries a token or a hidden message.
func TestLiveAndBacklogSayTheSame(t *testing.T) {
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "")
		k.user("meg")
		k.may("meg", chat.ViewLRoom, chat.ViewLivechatRooms)
		ann, meg := k.visitor("ann").joined("r1", 0), k.agent("meg").onlyRoom().joined("r1", 0)
		conversation(k, &r)
		live := [][]string{ann.takeAll(1), meg.takeAll(1)}
		k.exec(`UPDATE messages SET msg = 'hello' WHERE id = 'm1'`) // as it was then
		ann.join("r1", 0)
		meg.join("r1", 0)
		backlog := [][]string{ann.takeAll(1), meg.takeAll(1)}
		for i, who := range []string{"visitor", "manager"} {
			for n := range live[i] {
				if !sameJSON(live[i][n], backlog[i][n]) && names[n] != "changed" {
					t.Errorf("%s, number %d: live %s, later %s", who, n+1, live[i][n], backlog[i][n])
				}
			}
		}
		if f := ann.want("joined"); f.Seq != 8 || f.More {
			t.Error(f.raw)
		}
		for _, secret := range []string{token, `"token"`, "a page nobody sees"} {
			if k.leaked(secret) {
				t.Errorf("a frame contains %q", secret)
			}
		}
	})
}

func sameJSON(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}

// onlyRoom sets the pushes aside that managers get besides.
func (c *client) onlyRoom() *client {
	c.k.t.Helper()
	room := *c
	room.frames = make(chan frame, 1000)
	go func() {
		defer close(room.frames)
		for f := range c.frames {
			if f.T != "push" {
				room.frames <- f
			}
		}
	}()
	return &room
}

func TestVisitorsDoNotSeeWhoServesThemWhenThatIsOff(t *testing.T) { // LC-HID-6
	engines(t, func(k *kit) {
		k.set(func(s *chat.Settings) { s.ShowAgentInfo = false })
		r := k.room("r1", "ann", "")
		k.user("bob")
		k.may("bob", chat.ViewLRoom)
		ann := k.visitor("ann").joined("r1", 0)
		conversation(k, &r)
		all := strings.Join(ann.takeAll(1), "")
		ann.join("r1", 0)
		all += strings.Join(ann.takeAll(1), "")
		ann.want("joined")
		if strings.Contains(all, "bob") || !strings.Contains(all, `"hiddenInfo":true`) {
			t.Fatal(all)
		}
		k.exec(`UPDATE rooms SET open = true WHERE id = 'r1'`)
		bob := k.agent("bob").onlyRoom().joined("r1", 8)
		bob.say(`{"t":"typing","room":"r1","on":true}`)
		if f := ann.want("typing"); strings.Contains(f.raw, "bob") || f.Visitor {
			t.Fatal(f.raw)
		}
		k.emit(chat.AgentChanged{Agent: chat.User{ID: "bob", Username: "bob", Status: chat.Away}})
		bob.quiet()
		ann.quiet()
	})
}

// A hidden kind keeps its number, so that nobody has a gap, and is neither told nor a preview of a list.
func TestHiddenKindsAreNotTold(t *testing.T) { // LC-HID-4
	engines(t, func(k *kit) {
		k.set(func(s *chat.Settings) { s.HiddenTypes = []string{"uj"} })
		r := k.room("r1", "ann", "")
		k.user("bob")
		k.may("bob", chat.ViewLRoom)
		k.serve(&r, "bob")
		ann, bob, list := k.visitor("ann").joined("r1", 0), k.agent("bob").onlyRoom().joined("r1", 0), k.agent("bob")
		joined := fromAgent("m1", "bob", "bob")
		joined.Message.T = chat.MessageJoined
		k.happens(&r, joined)
		r.LastMessage = &joined.Message
		k.happens(&r, chat.RoomChanged{})
		k.happens(&r, fromAgent("m2", "hi", "bob"))
		for _, c := range []*client{ann, bob} {
			if f := c.wantNamed("event", none); f.Seq != 1 {
				t.Error(f.raw)
			}
			c.wantNamed("event", "changed")
			c.wantNamed("event", "message")
		}
		list.wantNamed("push", "room.changed")
		list.wantNamed("push", "message")
		if k.leaked(`"uj"`) {
			t.Error("a frame tells of who joined")
		}
	})
}

func TestTheAgentsAddressCanBeHidden(t *testing.T) {
	engines(t, func(k *kit) {
		k.set(func(s *chat.Settings) { s.ShowAgentEmail = false })
		r := k.room("r1", "ann", "")
		ann := k.visitor("ann").joined("r1", 0)
		conversation(k, &r)
		if all := strings.Join(ann.takeAll(1), ""); strings.Contains(all, "@example.org") || !strings.Contains(all, "Agent bob") {
			t.Fatal(all)
		}
	})
}

// The visitors whom an agent serves see how he shows now, as far as they may.
func TestAnAgentWhoShowsOtherwiseIsSeen(t *testing.T) {
	engines(t, func(k *kit) {
		k.user("bob")
		r := k.room("r1", "ann", "")
		k.room("r2", "eve", "")
		k.serve(&r, "bob")
		ann, eve := k.visitor("ann").joined("r1", 0), k.visitor("eve").joined("r2", 0)
		k.exec(`UPDATE users SET name = 'Robert' WHERE id = 'bob'`)
		k.exec(`INSERT INTO user_emails (user_id, address, verified, position) VALUES ('bob', 'bob@example.org', true, 0)`)
		k.exec(`INSERT INTO portraits (user_id, type, content, tag) VALUES ('bob', 'image/png', '', 'tag1')`)
		for _, c := range []struct {
			set  func(*chat.Settings)
			want string
		}{
			{func(s *chat.Settings) { s.ShowAgentEmail = true }, `"agent":{"_id":"bob","username":"bob","name":"Robert","emails":[{"address":"bob@example.org","verified":true}],"avatarETag":"tag1"}`},
			{func(s *chat.Settings) { s.ShowAgentEmail = false }, `"agent":{"_id":"bob","username":"bob","name":"Robert","avatarETag":"tag1"}`},
			{func(s *chat.Settings) { s.ShowAgentInfo = false }, `"agent":{"hiddenInfo":true}`},
		} {
			k.set(c.set)
			k.emit(chat.PortraitChanged{User: "bob"})
			if f := ann.want("push"); f.Name != "agent.view" || !strings.Contains(f.raw, c.want) {
				t.Error(f.raw)
			}
		}
		eve.quiet()
	})
}

// LC-READ-2: what a visitor has read in one window is read in the others.
func TestAVisitorsOtherWindowsHaveItRead(t *testing.T) {
	engines(t, func(k *kit) {
		k.room("r1", "ann", "")
		one, two := k.visitor("ann").joined("r1", 0), k.visitor("ann").joined("r1", 0)
		one.say(`{"t":"seen","room":"r1","seq":2}`)
		if f := two.want("read"); f.Seq != 2 || !f.Visitor {
			t.Error(f.raw)
		}
	})
}

// An unknown room, another visitor's and one out of sight are answered alike.
func TestNobodyHearsARoomHeMayNotSee(t *testing.T) { // permissions.md 5
	engines(t, func(k *kit) {
		for _, name := range []string{"bob", "eve", "dan", "meg", "old"} {
			k.user(name, map[string][]string{"dan": {"sales"}, "old": {"disabled"}}[name]...)
			k.may(name, chat.ViewLRoom)
		}
		k.may("meg", chat.ViewLRoom, chat.ViewLivechatRooms)
		public, sales, disabled := k.room("public", "ann", ""), k.room("sales", "ben", "sales"), k.room("disabled", "cat", "disabled")
		served, closed := k.room("served", "eli", ""), k.room("closed", "fay", "")
		k.serve(&served, "bob")
		k.exec(`UPDATE rooms SET open = false WHERE id = $1`, closed.ID)
		sees := map[string][]chat.RoomID{
			"bob": {served.ID, public.ID}, "eve": {public.ID}, "dan": {public.ID, sales.ID}, "old": {public.ID},
			"meg": {public.ID, sales.ID, disabled.ID, served.ID, closed.ID},
		}
		k.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })
		for name, rooms := range sees {
			k.checkSees(k.agent(name), rooms)
		}
		k.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		k.checkSees(k.agent("eve"), nil)
		k.checkSees(k.visitor("ann"), []chat.RoomID{"public"})
		k.checkSees(k.visitor("fay"), []chat.RoomID{"closed"})
		k.checkSees(k.visitor("stranger"), nil)
	})
}

func (k *kit) checkSees(c *client, rooms []chat.RoomID) {
	k.t.Helper()
	may := map[string]bool{}
	for _, rid := range rooms {
		may[string(rid)] = true
	}
	for _, rid := range []string{"public", "sales", "disabled", "served", "closed", "unknown", "room:public:a", "' OR 1=1 --", "public "} {
		c.join(rid, 0)
		if f := c.next(); may[rid] && f.T != "joined" || !may[rid] && (f.T != "error" || f.Code != "invalid-room") {
			k.t.Errorf("%s, room %q: %s", c.name, rid, f.raw)
		}
	}
}

func TestAPreviewEndsWhenSomebodyElseTakesTheRoom(t *testing.T) { // RT-33
	engines(t, func(k *kit) {
		k.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })
		r := k.room("r1", "ann", "")
		for _, name := range []string{"bob", "eve"} {
			k.user(name)
			k.may(name, chat.ViewLRoom)
		}
		bob, eve := k.agent("bob").onlyRoom().joined("r1", 0), k.agent("eve").onlyRoom().joined("r1", 0)
		k.serve(&r, "bob")
		k.happens(&r, chat.RoomTaken{})
		bob.wantNamed("event", "taken")
		eve.wantNamed("event", "taken")
		eve.wantError("invalid-room")
		k.happens(&r, fromVisitor("m1", "for bob only", r))
		bob.wantNamed("event", "message")
		eve.quiet()
	})
}

// desk is bob of sales, eve of no department, meg who sees everything and nobody
// without a right.
func (k *kit) desk() (bob, eve, meg, nobody *client) {
	k.t.Helper()
	for name, departments := range map[string][]string{"bob": {"sales"}, "eve": nil, "meg": nil, "nobody": nil} {
		k.user(name, departments...)
		k.may(name, chat.ViewLRoom)
	}
	k.may("meg", chat.ViewLRoom, chat.ViewLivechatRooms)
	k.may("nobody")
	return k.agent("bob"), k.agent("eve"), k.agent("meg"), k.agent("nobody")
}

func waiting(rid, department string) chat.Inquiry {
	return chat.Inquiry{ID: "i", RID: chat.RoomID(rid), Department: chat.DepartmentID(department), V: chat.VisitorView{Token: token}}
}

func TestWhoHearsOfTheQueue(t *testing.T) { // RT-43
	engines(t, func(k *kit) {
		bob, eve, meg, nobody := k.desk()
		sales := chat.Room{ID: "r1", DepartmentID: "sales", Open: true, V: chat.VisitorView{Token: token}}
		k.emit(chat.RoomOpened{Room: sales}, chat.InquiryQueued{Inquiry: waiting("r1", "sales")})
		meg.wantNamed("push", "room.added")
		for _, c := range []*client{bob, meg} {
			c.wantNamed("push", "inquiry.added")
		}
		k.emit(chat.InquiryQueued{Inquiry: waiting("r2", "")})
		for _, c := range []*client{bob, eve, meg} {
			c.wantNamed("push", "inquiry.added")
		}
		wished := waiting("r3", "support")
		wished.DefaultAgent = &chat.DefaultAgent{AgentID: "eve"}
		k.emit(chat.InquiryQueued{Inquiry: wished})
		eve.wantNamed("push", "inquiry.added")
		meg.wantNamed("push", "inquiry.added")
		k.emit(chat.MessageSent{Message: chat.Message{ID: "m", RID: "r1", Seq: 1, Token: token, Msg: "preview"}, Head: sales.Head()})
		for _, c := range []*client{bob, meg} {
			if f := c.wantNamed("push", "message"); !strings.Contains(f.raw, "preview") {
				t.Fatal(f.raw)
			}
		}
		for _, c := range []*client{bob, eve, meg, nobody} {
			c.quiet()
		}
		if k.leaked(token) {
			t.Fatal("a frame contains a token")
		}
	})
}

func TestWhoHearsOfARoomsWay(t *testing.T) {
	engines(t, func(k *kit) {
		bob, eve, meg, nobody := k.desk()
		room := chat.Room{ID: "r2", Open: true, ServedBy: &chat.ServedBy{ID: "eve", Username: "eve"}, V: chat.VisitorView{Token: token}}
		k.emit(chat.RoomTaken{Room: room, Seq: 1})
		bob.wantNamed("push", "inquiry.removed")
		eve.wantNamed("push", "inquiry.removed")
		eve.wantNamed("push", "room.added")
		meg.wantNamed("push", "inquiry.removed")
		meg.wantNamed("push", "room.changed")
		k.emit(chat.RoomChanged{Room: chat.Room{ID: "r2", Open: true}, Left: []chat.AgentID{"eve"}, Seq: 2})
		eve.wantNamed("push", "room.removed")
		meg.wantNamed("push", "room.changed")
		k.emit(chat.RoomClosed{Room: room, Agents: []chat.AgentID{"eve"}, Seq: 3})
		for _, c := range []*client{bob, eve, meg} {
			c.wantNamed("push", "inquiry.removed")
		}
		eve.wantNamed("push", "room.removed")
		meg.wantNamed("push", "room.removed")
		for _, c := range []*client{bob, eve, meg, nobody} {
			c.quiet()
		}
		if k.leaked(token) {
			t.Fatal("a frame contains a token")
		}
	})
}

// RQ-POS-4: who waits hears his own place with his department's text, else the general one; nobody hears another's.
func TestWhoWaitsHearsHisPlace(t *testing.T) {
	engines(t, func(k *kit) {
		k.set(func(s *chat.Settings) { s.WaitingQueueMessage = "Please wait" })
		k.room("r1", "ann", "")
		k.room("r2", "ben", "sales")
		k.user("meg", "sales")
		k.exec(`UPDATE departments SET queue_message = 'Sales is coming' WHERE id = 'sales'`)
		ann, ben := k.visitor("ann").joined("r1", 0), k.visitor("ben").joined("r2", 0)
		k.may("meg", chat.ViewLRoom, chat.ViewLivechatRooms)
		meg := k.agent("meg").joined("r1", 0)
		seconds := int64(90)
		k.emit(chat.QueueMoved{Places: []chat.QueuePlace{{RID: "gone", Spot: 1}, {RID: "r1", Spot: 2, Seconds: &seconds}}})
		k.emit(chat.QueueMoved{Department: "sales", Places: []chat.QueuePlace{{RID: "r2", Spot: 1}}})
		user := `"user":{"_id":"rocket.cat","username":"rocket.cat","name":"Foyer"}}}`
		for c, want := range map[*client]string{
			ann: `{"rid":"r1","spot":2,"estimatedWaitTimeSeconds":90,"message":{"text":"Please wait",` + user,
			ben: `{"rid":"r2","spot":1,"message":{"text":"Sales is coming",` + user,
		} {
			if f := c.wantNamed("push", "queueData"); string(f.Data) != want {
				t.Errorf("%s heard %s", c.name, f.raw)
			}
			c.quiet()
		}
		meg.quiet()
	})
}

// RQ-SORT-3: waiting lists hear of a new place, and of a room that left for another department.
func TestWaitingListsFollowTheQueue(t *testing.T) {
	engines(t, func(k *kit) {
		bob, eve, meg, nobody := k.desk()
		k.emit(chat.InquiryChanged{Inquiry: waiting("r1", "sales")})
		bob.wantNamed("push", "inquiry.changed")
		meg.wantNamed("push", "inquiry.changed")
		k.emit(chat.RoomForwarded{Room: chat.Room{ID: "r1", DepartmentID: "support"}, OldDepartment: "sales"})
		bob.wantNamed("push", "inquiry.removed")
		k.emit(chat.RoomForwarded{Room: chat.Room{ID: "r2", DepartmentID: "sales"}, OldDepartment: "sales"})
		for _, c := range []*client{bob, eve, meg, nobody} {
			c.quiet()
		}
		if k.leaked(token) {
			t.Fatal("a frame contains a token")
		}
	})
}

// LC-TAKE-9: a preferred agent who is no member of the queue is told that the chat waits
// for him no more; who sees it otherwise keeps it (RQ-MAN-2).
func TestAPreferredAgentsListFollows(t *testing.T) {
	engines(t, func(k *kit) {
		bob, eve, meg, nobody := k.desk()
		i := waiting("r1", "sales")
		i.DefaultAgent = &chat.DefaultAgent{AgentID: "eve"}
		k.emit(chat.InquiryQueued{Inquiry: i})
		for _, c := range []*client{bob, eve, meg} {
			c.wantNamed("push", "inquiry.added")
		}
		k.emit(chat.PreferenceDropped{RID: "r1", Agent: "eve"}, chat.InquiryChanged{Inquiry: waiting("r1", "sales")})
		eve.wantNamed("push", "inquiry.removed")
		for _, c := range []*client{bob, meg} {
			c.wantNamed("push", "inquiry.changed")
		}
		for _, c := range []*client{bob, eve, meg, nobody} {
			c.quiet()
		}
	})
}

// RT-43: who comes into a department hears its queue from then on, who leaves no longer.
func TestMembersHearTheirQueueAtOnce(t *testing.T) {
	engines(t, func(k *kit) {
		k.user("meg", "sales")
		k.user("bob")
		k.may("bob", chat.ViewLRoom)
		bob := k.agent("bob")
		hears := func(want bool) {
			t.Helper()
			for range 3000 { // until the sockets have been looked at again
				k.emit(chat.InquiryQueued{Inquiry: waiting("r1", "sales")}, chat.SettingChanged{ID: "after"})
				heard := false
				for f := bob.next(); f.Name != "setting.changed"; f = bob.next() { // other events are in no order with these
					heard = heard || f.Name == "inquiry.added"
				}
				if heard == want {
					return
				}
			}
			t.Errorf("hears the queue: %t", !want)
		}
		hears(false)
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('sales', 'bob', 1)`)
		k.emit(chat.MembershipChanged{Department: "sales", Agent: "bob", Action: "inserted"})
		hears(true)
		k.exec(`UPDATE departments SET enabled = false WHERE id = 'sales'`)
		k.emit(chat.DepartmentChanged{Department: "sales", Gone: true})
		hears(false)
	})
}

func TestTheServingAgentHearsOfMessagesElsewhere(t *testing.T) {
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "")
		k.user("bob")
		k.may("bob", chat.ViewLRoom)
		k.serve(&r, "bob")
		inbox, open := k.agent("bob"), k.agent("bob").joined("r1", 0)
		k.happens(&r, fromVisitor("m1", "hello", r))
		var d RoomMessageData
		if f := inbox.wantNamed("push", "message"); json.Unmarshal(f.Data, &d) != nil || d.Message.Msg != "hello" || d.ServedBy != "bob" || d.Visitor != "ann" {
			t.Fatal(f.raw)
		}
		open.wantNamed("event", "message")
		inbox.quiet()
		open.quiet()
	})
}

func TestKindsOfLinesThatNobodyIsShown(t *testing.T) { // LC-HID-4
	engines(t, func(k *kit) {
		k.set(func(s *chat.Settings) { s.HiddenTypes = []string{string(chat.MessageJoined)} })
		r := k.room("r1", "ann", "")
		k.user("bob")
		k.may("bob", chat.ViewLRoom)
		k.serve(&r, "bob")
		inbox, bob, ann := k.agent("bob"), k.agent("bob").joined("r1", 0), k.visitor("ann").joined("r1", 0)
		said := fromAgent("m1", "", "bob")
		said.Message.T = chat.MessageJoined
		k.happens(&r, said)
		for _, c := range []*client{bob, ann} {
			c.wantNamed("event", none)
			c.join("r1", 0)
			c.wantNamed("event", none)
			c.want("joined")
		}
		inbox.quiet()
		k.set(func(s *chat.Settings) { s.HiddenTypes = nil })
		ann.join("r1", 0)
		ann.wantNamed("event", "message")
	})
}

func TestTooFarBehindMeansFetchIt(t *testing.T) {
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "")
		for n := range backlogLimit + 1 {
			k.happens(&r, fromVisitor(fmt.Sprint(n), "x", r))
		}
		ann := k.visitor("ann")
		ann.join("r1", 0)
		if f := ann.want("joined"); !f.More || f.Seq != backlogLimit+1 {
			t.Fatal(f.raw)
		}
		ann.join("r1", 1)
		for n := range int64(backlogLimit) {
			if f := ann.wantNamed("event", "message"); f.Seq != n+2 {
				t.Fatal(f.raw)
			}
		}
		if f := ann.want("joined"); f.More {
			t.Fatal(f.raw)
		}
	})
}

// PT-RT-3: visitor A hears nothing of room B, whatever he asks for.
func TestAVisitorHearsNothingOfOthers(t *testing.T) {
	engines(t, func(k *kit) {
		own, other := k.room("mine", "ann", ""), k.room("theirs", "ben", "")
		ann := k.visitor("ann").joined("mine", 0)
		for _, f := range []string{`{"t":"join","room":"theirs","after":0}`, `{"t":"join","room":"theirs:v","after":0}`, `{"t":"join","room":"room:theirs:v"}`,
			`{"t":"typing","room":"theirs","on":true}`, `{"t":"seen","room":"theirs","seq":1}`, `{"t":"hello","v":1,"session":"secret-of-ben"}`} {
			ann.say("%s", f)
			ann.want("error")
		}
		k.happens(&other, fromVisitor("m1", "not for ann", other))
		k.emit(chat.SettingChanged{ID: "secret-setting"})
		if f := ann.wantNamed("push", "config.changed"); strings.Contains(f.raw, "secret") {
			t.Fatalf("which setting changed is nobody's business: %s", f.raw)
		}
		k.emit(chat.InquiryQueued{Inquiry: chat.Inquiry{RID: "theirs"}}, chat.AgentChanged{Agent: chat.User{ID: "bob"}},
			chat.RoomOpened{Room: other}, chat.PermissionsChanged{})
		k.happens(&own, fromVisitor("m2", "for ann", own))
		if f := ann.wantNamed("event", "message"); !strings.Contains(f.raw, "for ann") || f.Room != "mine" {
			t.Fatal(f.raw)
		}
		ann.quiet()
	})
}

func TestARatingIsToldToWhoHasTheRoomOpen(t *testing.T) { // LC-SUR-3
	engines(t, func(k *kit) {
		k.room("r1", "ann", "")
		k.user("meg")
		k.user("eve")
		for _, name := range []string{"meg", "eve"} {
			k.may(name, chat.ViewLRoom, chat.ViewLivechatRooms)
		}
		ann, meg, eve := k.visitor("ann").joined("r1", 0), k.agent("meg").joined("r1", 0), k.agent("eve")
		k.emit(chat.RoomRated{Room: "r1"})
		if f := meg.wantNamed("push", "room.rated"); string(f.Data) != `{"rid":"r1"}` {
			t.Error(f.raw)
		}
		ann.quiet()
		eve.quiet()
	})
}

func TestTypesAreComplete(t *testing.T) {
	listed := map[reflect.Type]bool{}
	for _, typ := range Types() {
		if listed[reflect.TypeOf(typ.Of)] || typ.Name == "" {
			t.Errorf("%s twice", typ.Name)
		}
		listed[reflect.TypeOf(typ.Of)] = true
	}
	for _, a := range []audience{{}, {visitor: true}} {
		for _, e := range []chat.Event{chat.MessageSent{}, chat.MessageChanged{}, chat.RoomTaken{}, chat.RoomClosed{}, chat.RoomChanged{}} {
			if name, data := a.view(e); !listed[reflect.TypeOf(data)] {
				t.Errorf("%s travels as %T, which is not listed", name, data)
			}
		}
	}
	if !listed[reflect.TypeFor[Typing]()] || !listed[reflect.TypeFor[realtime.Joined]()] {
		t.Error("frames are not listed")
	}
}
