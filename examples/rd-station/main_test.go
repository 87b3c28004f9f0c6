package main

import (
	"net/http/httptest"
	"reflect"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/example"
)

// webhooks.md 5: a lead when a chat ends and when it is described, open or closed, in
// the form of the address.
func TestLeadsArrive(t *testing.T) {
	h := example.Open(t, db.SQLite)
	s := &station{token: "hush"}
	site := httptest.NewServer(s)
	defer site.Close()
	h.Set("Livechat_RDStation_Token", "hush")
	h.Set("Livechat_RDStation_URL", site.URL+"/platform/conversions")
	bob := h.Agent("bob")
	v := h.Visitor("Vera")
	h.Opens(v)
	described := map[string]any{"guestData": map[string]any{"_id": v.Visitor.ID, "email": "vera@example.org"}, "roomData": map[string]any{"_id": v.Room.ID, "tags": []string{"vip"}}}
	h.Call(bob, "POST", "/api/v1/livechat/room.saveInfo", described, nil)
	want := lead{"rocketchat-livechat", "vera@example.org", "Vera", "", []string{"vip"}}
	h.Until("no lead of an open chat", func() bool { return len(s.taken()) == 1 })
	h.Set("Livechat_RDStation_URL", site.URL+"/api/1.3/conversions")
	h.Call(bob, "POST", "/api/v1/livechat/room.closeByUser", map[string]any{"rid": v.Room.ID, "comment": "bye"}, nil)
	h.Until("no lead at the end", func() bool { return len(s.taken()) == 2 })
	if got := s.taken(); !reflect.DeepEqual(got, []lead{want, want}) {
		t.Error(got)
	}
}
