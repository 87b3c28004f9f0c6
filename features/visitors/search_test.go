package visitors

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// crowd are the visitors the searches look among.
func (k *kit) crowd() {
	k.t.Helper()
	for _, r := range []Registration{
		{Token: "secret-1", Name: "Zoë Müller", Email: "zoe@shop.example", Phone: "+420 123"},
		{Token: "secret-2", Name: "100% real_name", Email: "real@x.y"},
		{Token: "secret-3", Name: "ann"}, {Token: "secret-4", Name: "Ann Lee"}, {Token: "secret-5"},
	} {
		_, err := k.Register(context.Background(), r)
		k.must(err)
	}
	k.exec(`UPDATE visitors SET last_chat_id = 'r', last_chat_at = 5 WHERE name = 'Ann Lee'`)
}

func names(a answer, key string) string {
	list, _ := a.body[key].([]any)
	var all []string
	for _, item := range list {
		m, _ := item.(map[string]any)
		name, ok := m["name"].(string)
		if !ok {
			name, _ = m["username"].(string)
		}
		all = append(all, name)
	}
	return strings.Join(all, "|")
}

func TestSearchFindsByEverythingLiterally(t *testing.T) { // rest-api.md 6 and 1.6
	each(t, func(k *kit) {
		k.crowd()
		for term, want := range map[string]string{
			"zoe": "Zoë Müller", "MULLER": "Zoë Müller", "M%C3%BCller": "Zoë Müller", "shop.example": "Zoë Müller", "%2B420": "Zoë Müller", "guest-5": "guest-5",
			"%25": "100% real_name", "_": "100% real_name", "ann": "ann|Ann Lee", ".*": "", "%5C": "", "%24regex": "", "%27%20OR%201=1": "", "nobody": "",
		} {
			a := k.call("agent", "GET", "livechat/visitors.search?term="+term, "")
			if got := names(a, "visitors"); a.status != 200 || got != want {
				t.Errorf("%s: %d %q, want %q", term, a.status, got, want)
			}
			if strings.Contains(a.text, "secret-") {
				t.Errorf("a token is shown: %s", a.text)
			}
		}
	})
}

func TestSearchPagesAndSorts(t *testing.T) { // rest-api.md 1.7
	each(t, func(k *kit) {
		k.crowd()
		for query, want := range map[string]string{
			"term=&sort=%7B%22username%22:-1%7D&count=2":             "guest-5|Ann Lee",
			"term=&sort=%7B%22username%22:1%7D&count=2&offset=1":     "100% real_name|ann",
			"term=&sort=%7B%22lastChat.ts%22:-1%7D&count=1":          "Ann Lee",
			"term=&sort=%7B%22v.id%3BDROP%20TABLE%22:1%7D&count=1":   "Ann Lee",
			"term=guest-&sort=%7B%22username%22:1%7D&count=1":        "Zoë Müller",
			"term=&sort=%7B%22name%22:1,%22username%22:1%7D&count=1": "guest-5",
		} {
			a := k.call("agent", "GET", "livechat/visitors.search?"+query, "")
			if got := names(a, "visitors"); got != want || a.body["total"] != 5.0 {
				t.Errorf("%s: %q, want %q (%s)", query, got, want, a.text)
			}
		}
	})
}

func TestAutocompleteLeavesOutTheExceptions(t *testing.T) {
	each(t, func(k *kit) {
		k.crowd()
		ann, err := k.ByToken(context.Background(), "secret-3")
		k.must(err)
		a := k.call("agent", "GET", `livechat/visitors.autocomplete?selector={"term":"ann"}`, "")
		if a.status != 200 || names(a, "items") != "ann|Ann Lee" || !strings.Contains(a.text, `"custom_name":"ann"`) || strings.Contains(a.text, "secret-") {
			t.Errorf("%d %s", a.status, a.text)
		}
		a = k.call("agent", "GET", `livechat/visitors.autocomplete?selector={"term":"ann","exceptions":["`+string(ann.ID)+`"],"conditions":{"$where":"1"}}`, "")
		if names(a, "items") != "Ann Lee" {
			t.Error(a.text)
		}
	})
}

func TestVisitorsInfoShowsATokenWhereIntegrationsNeedIt(t *testing.T) { // rest-api.md 27, lifecycle.md 1.2
	each(t, func(k *kit) {
		v := k.visitor("secret-1")
		a := k.call("agent", "GET", "livechat/visitors.info?visitorId="+string(v.ID), "")
		if a.status != 200 || !strings.Contains(a.text, `"username":"guest-1"`) || strings.Contains(a.text, "secret-1") {
			t.Errorf("%d %s", a.status, a.text)
		}
		k.settings.VisitorTokens = true
		for _, path := range []string{"livechat/visitors.info?visitorId=" + string(v.ID), "omnichannel/contact?contactId=" + string(v.ID)} {
			if a := k.call("agent", "GET", path, ""); a.status != 200 || !strings.Contains(a.text, `"token":"secret-1"`) {
				t.Errorf("%s: %d %s", path, a.status, a.text)
			}
			if a := k.call("nobody", "GET", path, ""); a.status != 403 || strings.Contains(a.text, "secret-1") {
				t.Errorf("%s without the right: %d %s", path, a.status, a.text)
			}
		}
		if a := k.call("agent", "GET", "livechat/visitors.search?term=", ""); strings.Contains(a.text, "secret-1") {
			t.Errorf("lists for choices have no token in any case: %s", a.text)
		}
		if a := k.call("agent", "GET", "livechat/visitors.info?visitorId=nobody", ""); a.status != 400 || a.body["error"] != "visitor-not-found" {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

// past gives a visitor three conversations: open and unserved, closed and served, closed and unserved.
func (k *kit) past() chat.Visitor {
	k.t.Helper()
	v := k.visitor("secret-1")
	k.room("closed-served", v, "bob")
	k.exec(`UPDATE rooms SET open = false, closed_at = 9, ts = 10, source_type = 'widget', last_seq = 1`)
	k.room("closed", v)
	k.exec(`UPDATE rooms SET open = false, closed_at = 9, ts = 20 WHERE id = 'closed'`)
	k.room("open", v)
	k.exec(`INSERT INTO messages (id, room_id, seq, msg, ts, sender_id, sender_username, by_visitor, updated_at)
		VALUES ('m1', 'closed-served', 1, 'Where is my PARCEL 100%?', 11, $1, 'guest-1', true, 11), ('m2', 'closed', 1, '', 21, $1, 'guest-1', true, 21)`, v.ID)
	return v
}

func rooms(a answer) string {
	list, _ := a.body["history"].([]any)
	var all []string
	for _, item := range list {
		m, _ := item.(map[string]any)
		id, _ := m["_id"].(string)
		all = append(all, id)
	}
	return strings.Join(all, " ")
}

func TestHistoryIsTheVisitorsConversations(t *testing.T) { // rest-api.md 6
	each(t, func(k *kit) {
		v := string(k.past().ID)
		for query, want := range map[string]string{
			"":                      "open closed closed-served",
			"?closedChatsOnly=true": "closed closed-served",
			"?closedChatsOnly=true&servedChatsOnly=false": "closed closed-served",
			"?servedChatsOnly=true":                       "closed-served",
			"?source=widget":                              "closed-served",
			"?searchText=parcel":                          "closed-served",
			"?searchText=100%25":                          "closed-served",
			"?searchText=_arcel":                          "",
			"?searchText=!":                               "",
			"?count=1&offset=1":                           "closed",
			"?sort=%7B%22ts%22:1%7D":                      "closed-served closed open",
		} {
			a := k.call("manager", "GET", "livechat/visitors.searchChats/room/open/visitor/"+v+query, "")
			if a.status != 200 || rooms(a) != want {
				t.Errorf("%s: %d %q, want %q", query, a.status, rooms(a), want)
			}
			if strings.Contains(a.text, "secret-1") {
				t.Errorf("a token is shown: %s", a.text)
			}
		}
		a := k.call("manager", "GET", "livechat/visitors.chatHistory/room/open/visitor/"+v, "")
		if rooms(a) != "open closed closed-served" || a.body["total"] != 3.0 || !strings.Contains(a.text, `"lastMessage":{"_id":"m1"`) || strings.Contains(a.text, "secret-1") {
			t.Error(a.text)
		}
	})
}

func TestHistoryIsForWhoMaySeeTheRoom(t *testing.T) { // permissions.md 5
	each(t, func(k *kit) {
		v, stranger := k.past(), k.visitor("t2")
		path := "livechat/visitors.chatHistory/room/closed/visitor/" + string(v.ID)
		if a := k.call("agent", "GET", path, ""); a.status != 400 || a.body["error"] != "error-not-allowed" {
			t.Errorf("a stranger to the room: %d %s", a.status, a.text)
		}
		if a := k.call("agent", "GET", "livechat/visitors.pagesVisited/closed", ""); a.status != 400 || a.body["error"] != "error-not-allowed" {
			t.Errorf("a stranger to the room: %d %s", a.status, a.text)
		}
		k.exec(`INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at) VALUES ('s', 'closed', 'agent', 1, 0, 1)`)
		if a := k.call("agent", "GET", path, ""); a.status != 200 || rooms(a) == "" {
			t.Errorf("a member: %d %s", a.status, a.text)
		}
		k.room("elsewhere", stranger)
		for _, other := range []string{string(stranger.ID), "nobody"} {
			if a := k.call("manager", "GET", "livechat/visitors.chatHistory/room/closed/visitor/"+other, ""); a.status != 200 || a.text != `{"history":[],"offset":0,"count":0,"total":0,"success":true}` {
				t.Errorf("%d %s", a.status, a.text)
			}
		}
	})
}

func TestOpenRoomsOfAToken(t *testing.T) { // lifecycle 3.3
	each(t, func(k *kit) {
		k.past()
		a := k.call("manager", "GET", "livechat/visitor/secret-1/room", "")
		if a.status != 200 || a.text != `{"rooms":[{"_id":"open","t":"l","cl":false}],"success":true}` {
			t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("manager", "GET", "livechat/visitor/unknown/room", ""); a.status != 400 || a.body["error"] != "[invalid-token]" {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestStaffEndpointsNeedTheirRights(t *testing.T) { // rest-api.md 1.3: also with malformed input
	each(t, func(k *kit) {
		for _, path := range []string{"visitors.info", "visitors.pagesVisited/r", "visitors.chatHistory/room/r/visitor/v", "visitors.searchChats/room/r/visitor/v",
			"visitors.autocomplete", "visitors.search?count=x", "visitor/t/room"} {
			if a := k.call("", "GET", "livechat/"+path, ""); a.status != 401 {
				t.Errorf("%s: nobody got %d", path, a.status)
			}
			if a := k.call("nobody", "GET", "livechat/"+path, ""); a.status != 403 {
				t.Errorf("%s: somebody without rights got %d", path, a.status)
			}
		}
	})
}

func TestBadQuestionsAreRefused(t *testing.T) {
	each(t, func(k *kit) {
		k.room("r", k.visitor("t"))
		long := strings.Repeat("x", 300)
		for path, want := range map[string]string{
			"visitors.info":                                               "must have required property 'visitorId' [invalid-params]",
			"visitors.info?visitorId[]=x":                                 "",
			"visitors.search":                                             "must have required property 'term' [invalid-params]",
			"visitors.search?term=" + long:                                "",
			"visitors.search?term=a&count=invalid":                        "",
			"visitors.search?term=a&offset=-1":                            "",
			"visitors.search?term=a&sort=nonsense":                        "",
			"visitors.search?term=%00":                                    "",
			"visitors.search?term[$ne]=x":                                 "",
			"visitors.autocomplete":                                       "must have required property 'selector' [invalid-params]",
			"visitors.autocomplete?selector=nonsense":                     "",
			"visitors.autocomplete?selector=[]":                           "",
			"visitors.autocomplete?selector[term]=x":                      "",
			`visitors.autocomplete?selector={"term":{"$regex":""}}`:       "",
			`visitors.autocomplete?selector={"term":"\u0000"}`:            "",
			`visitors.autocomplete?selector={"exceptions":"x"}`:           "",
			"visitors.pagesVisited/unknown":                               "invalid-room",
			"visitors.pagesVisited/r?count=x":                             "",
			"visitors.chatHistory/room/unknown/visitor/v":                 "invalid-room",
			"visitors.chatHistory/room/%00/visitor/v":                     "",
			"visitors.searchChats/room/unknown/visitor/v":                 "invalid-room",
			"visitors.searchChats/room/r/visitor/v?source=pigeon":         "",
			"visitors.searchChats/room/r/visitor/v?closedChatsOnly=maybe": "",
			"visitors.searchChats/room/r/visitor/v?searchText=" + long:    "",
		} {
			a := k.call("manager", "GET", "livechat/"+path, "")
			if a.status != 400 || a.body["success"] != false || want != "" && a.body["error"] != want {
				t.Errorf("%s: %d %s", path, a.status, a.text)
			}
		}
	})
}
