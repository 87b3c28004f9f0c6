package accounts

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestAUserIsEdited(t *testing.T) { // rest-api.md 5
	each(t, func(w *world) {
		boss := chat.Actor{User: "u-boss", Permissions: map[chat.Permission]bool{chat.EditOtherUserInfo: true, chat.AssignAdminRole: true}}
		clerk := chat.Actor{User: "u-clerk", Permissions: map[chat.Permission]bool{chat.EditOtherUserInfo: true}}
		w.user("boss", chat.RoleAdmin)
		bob := w.user("bob", chat.RoleUser)
		w.user("eve", chat.RoleUser)
		in := w.login("bob")
		text := func(s string) *string { return &s }
		for code, e := range map[string]Edit{"error-field-unavailable": {Username: text("EVE")}, "error-invalid-username": {Username: text("a b")}, "error-invalid-email": {Email: text("x")}} {
			if _, err := w.Edit(w.ctx, boss, bob.ID, e); !fault.Has(err, code) {
				t.Errorf("%s: %v", code, err)
			}
		}
		if _, err := w.Edit(w.ctx, boss, bob.ID, Edit{Email: text("eve@example.com")}); !fault.Has(err, "error-field-unavailable") {
			t.Errorf("another one's address: %v", err)
		}
		if _, err := w.Edit(w.ctx, boss, "nobody", Edit{}); !IsUnknown(err) {
			t.Error(err)
		}
		digest := DigestOf("new")
		for _, id := range []chat.UserID{"u-boss", chat.SystemUserID} { // who makes no administrators takes none over
			if _, err := w.Edit(w.ctx, clerk, id, Edit{Password: &digest}); !fault.Has(err, "error-action-not-allowed") {
				t.Errorf("%s: %v", id, err)
			}
		}
		yes := true
		u, err := w.Edit(w.ctx, clerk, bob.ID, Edit{Username: text("Bobby"), Name: text(" Bob B. "), Email: text("B@example.com"), Verified: &yes})
		if err != nil || u.Username != "Bobby" || u.Name != "Bob B." || len(u.Emails) != 1 || u.Emails[0] != (chat.UserEmail{Address: "b@example.com", Verified: true}) {
			t.Errorf("%+v %v", u, err)
		}
		if u, err = w.Edit(w.ctx, boss, bob.ID, Edit{Email: text("c@example.com")}); err != nil || u.Emails[0].Verified || u.Username != "Bobby" {
			t.Errorf("a new address is proven by nobody: %+v %v", u, err)
		}
		if !w.works(in.Token) {
			t.Error("his session ended")
		}
		if _, err = w.Edit(w.ctx, boss, bob.ID, Edit{Password: &digest}); err != nil || w.works(in.Token) {
			t.Errorf("a new password ends his sessions: %v", err)
		}
		if _, err := w.Login(w.ctx, "bobby", digest, Origin{IP: "10.0.0.1"}); err != nil {
			t.Error(err)
		}
	})
}
