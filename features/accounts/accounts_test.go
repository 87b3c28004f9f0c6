package accounts

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestCreate(t *testing.T) {
	each(t, func(w *world) {
		u := w.user("Anna.B-1", chat.RoleAgent, chat.RoleUser)
		if u.Username != "Anna.B-1" || u.Type != "user" || !u.Active || u.Status != chat.Offline ||
			!slices.Equal(u.Roles, []string{chat.RoleAgent, chat.RoleUser}) || u.Emails[0].Address != "anna.b-1@example.com" {
			w.t.Errorf("made %+v", u)
		}
		if !slices.Equal(w.desk.told, []string{"role u-Anna.B-1"}) {
			w.t.Errorf("agents were told %v", w.desk.told)
		}
		if bot := w.user("robo", chat.RoleBot); bot.Type != "bot" {
			w.t.Errorf("role bot makes type %q", bot.Type)
		}
		if blank, err := w.Create(w.ctx, NewUser{Username: "blank", Name: "   "}); err != nil || blank.Name != "blank" {
			w.t.Errorf("a name of spaces: %q, %v", blank.Name, err)
		}
		found, err := w.FindByUsername(w.ctx, "ANNA.b-1")
		if err != nil || found.ID != u.ID {
			w.t.Errorf("found %v, %v", found.ID, err)
		}
	})
}

func TestCreateRefuses(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		before, _ := countUsers(w.ctx, w.DB)
		w.events()
		for name, c := range map[string]struct {
			NewUser
			code, field string
		}{
			"taken name":       {NewUser{Username: "ANNA"}, "error-field-unavailable", "username"},
			"taken id":         {NewUser{Username: "other", ID: "u-anna"}, "error-field-unavailable", "username"},
			"taken address":    {NewUser{Username: "other", Email: "ANNA@example.com"}, "error-field-unavailable", "email"},
			"no name":          {NewUser{}, "error-invalid-username", "username"},
			"spaces":           {NewUser{Username: "a b"}, "error-invalid-username", "username"},
			"name with quote":  {NewUser{Username: "a'--"}, "error-invalid-username", "username"},
			"odd id":           {NewUser{Username: "other", ID: "../x"}, "error-invalid-user", "_id"},
			"no address":       {NewUser{Username: "other", Email: "nobody"}, "error-invalid-email", "email"},
			"address and name": {NewUser{Username: "other", Email: "X <x@example.com>"}, "error-invalid-email", "email"},
			"newline":          {NewUser{Username: "other", Email: "x@exam\nple.com"}, "error-invalid-email", "email"},
			"unknown role":     {NewUser{Username: "other", Roles: []string{"boss"}}, "error-invalid-role", "roles"},
		} {
			_, err := w.Create(w.ctx, c.NewUser)
			if f, ok := fault.Of(err); !ok || f.Kind != fault.Invalid || f.Code != c.code || f.Field != c.field {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		after, _ := countUsers(w.ctx, w.DB)
		if emitted := w.events(); after != before || len(emitted) > 0 {
			w.t.Errorf("%d users became %d, events %v", before, after, emitted)
		}
	})
}

func TestLoginByNameAndAddress(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		for _, name := range []string{"anna", "ANNA", "anna@example.com", "Anna@Example.com"} {
			in, err := w.Login(w.ctx, name, DigestOf("pw-anna"), Origin{IP: "10.0.0.1"})
			if err != nil || in.User.ID != "u-anna" || !w.works(in.Token) {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		stored, err := listSessions(w.ctx, w.DB, w.clock.Now(), "u-anna")
		if err != nil || len(stored) != 4 {
			w.t.Errorf("sessions: %d, %v", len(stored), err)
		}
	})
}

func TestLoginRefuses(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		w.user("idle")
		if _, err := w.Create(w.ctx, NewUser{Username: "nopass"}); err != nil {
			w.t.Fatal(err)
		}
		if err := w.SetActive(w.ctx, "u-idle", false); err != nil {
			w.t.Fatal(err)
		}
		for name, password := range map[string]string{"anna": "wrong", "nobody": "x", "idle": "pw-idle", "nopass": "", "rocket.cat": "", "": "x"} {
			_, err := w.Login(w.ctx, name, DigestOf(password), Origin{IP: "10.0.0.1"})
			if f, ok := fault.Of(err); !ok || f.Kind != fault.Unauthenticated || f.Message != "Unauthorized" {
				w.t.Errorf("%q: %v", name, err)
			}
		}
	})
}

func TestFailedLoginsBlock(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		w.user("bert")
		w.set.LoginAttemptsByUser, w.set.LoginUnblockUserMinutes = 3, 5
		w.set.LoginAttemptsByAddress, w.set.LoginUnblockAddressMinutes = 5, 5
		try := func(name, password, ip string) error {
			_, err := w.Login(w.ctx, name, DigestOf(password), Origin{IP: ip})
			return err
		}
		for range 3 {
			try("anna", "wrong", "10.0.0.1")
		}
		if err := try("anna", "pw-anna", "10.0.0.2"); !fault.Has(err, "error-login-blocked-for-user") {
			w.t.Errorf("blocked account: %v", err)
		}
		if err := try("anna@example.com", "pw-anna", "10.0.0.2"); !fault.Has(err, "error-login-blocked-for-user") {
			w.t.Errorf("blocked account by address: %v", err)
		}
		for range 5 {
			try("bert", "pw-bert", "10.0.0.1") // right ones do not count
		}
		try("x", "y", "10.0.0.1")
		try("z", "y", "10.0.0.1")
		if err := try("bert", "pw-bert", "10.0.0.1"); !fault.Has(err, "error-login-blocked-for-ip") {
			w.t.Errorf("blocked address: %v", err)
		}
		w.advance(5*time.Minute + time.Second)
		if err := try("anna", "pw-anna", "10.0.0.1"); err != nil {
			w.t.Errorf("after the block: %v", err)
		}
	})
}

func TestRevoking(t *testing.T) {
	each(t, func(w *world) {
		w.user("root", chat.RoleAdmin)
		w.user("anna")
		cases := map[string]func(in SignedIn) error{
			"logout":       func(in SignedIn) error { return w.EndSession(w.ctx, "u-anna", in.Session.ID) },
			"new password": func(SignedIn) error { return w.SetPassword(w.ctx, "u-anna", DigestOf("pw-anna")) },
			"deactivation": func(SignedIn) error { return w.SetActive(w.ctx, "u-anna", false) },
			"deletion":     func(SignedIn) error { return w.Delete(w.ctx, "u-anna") },
		}
		for _, name := range []string{"logout", "new password", "deactivation", "deletion"} {
			w.SetActive(w.ctx, "u-anna", true)
			in := w.login("anna")
			if !w.works(in.Token) {
				w.t.Fatal("a new session must work")
			}
			w.events()
			if err := cases[name](in); err != nil {
				w.t.Fatal(name, err)
			}
			if w.works(in.Token) {
				w.t.Errorf("%s: the session still works", name)
			}
			if e, ok := w.events()[0].(chat.SessionRevoked); !ok || e.User != "u-anna" {
				w.t.Errorf("%s: no event", name)
			}
		}
	})
}

func TestOthersSessionsCannotBeEnded(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		w.user("bert")
		in := w.login("bert")
		w.events()
		if err := w.EndSession(w.ctx, "u-anna", in.Session.ID); !fault.Has(err, "error-session-not-found") {
			w.t.Errorf("got %v", err)
		}
		if !w.works(in.Token) || len(w.events()) > 0 {
			w.t.Error("bert's session must live")
		}
	})
}

func TestSessionsExpire(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		in := w.login("anna")
		w.advance(90*24*time.Hour - time.Second)
		if !w.works(in.Token) {
			w.t.Error("ended too early")
		}
		w.advance(2 * time.Second)
		if w.works(in.Token) {
			w.t.Error("still works")
		}
		w.events()
		if err := w.EndExpired(w.ctx); err != nil {
			w.t.Fatal(err)
		}
		if got := w.events(); len(got) != 1 || got[0] != (chat.SessionRevoked{User: "u-anna", Session: in.Session.ID}) {
			w.t.Errorf("events %v", got)
		}
	})
}

func TestLastUseIsWrittenInBatches(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		in := w.login("anna")
		w.advance(2 * time.Minute)
		w.works(in.Token)
		if err := w.upkeep(w.ctx); err != nil {
			w.t.Fatal(err)
		}
		all, err := w.Sessions(w.ctx, "u-anna", in.Session.ID)
		if err != nil || len(all) != 1 || all[0].LastUsedAt != w.clock.Now() || !all[0].Current {
			w.t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestTheLastAdminStays(t *testing.T) {
	each(t, func(w *world) {
		w.user("root", chat.RoleAdmin)
		w.user("gone", chat.RoleAdmin)
		if err := w.SetActive(w.ctx, "u-gone", false); err != nil {
			w.t.Fatal(err)
		}
		revoke := func() error {
			return w.DB.InTx(w.ctx, func(tx *db.Tx) error { return w.Revoke(w.ctx, tx, "u-root", chat.RoleAdmin) })
		}
		for name, err := range map[string]error{"delete": w.Delete(w.ctx, "u-root"), "deactivate": w.SetActive(w.ctx, "u-root", false), "revoke": revoke()} {
			if !fault.Has(err, "error-action-not-allowed") {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		w.SetActive(w.ctx, "u-gone", true)
		if err := revoke(); err != nil {
			w.t.Errorf("with another admin: %v", err)
		}
	})
}

// Of two administrators who remove each other at the same time one stays.
func TestAdminsCannotRemoveEachOther(t *testing.T) {
	each(t, func(w *world) {
		w.user("one", chat.RoleAdmin)
		w.user("two", chat.RoleAdmin)
		done := make(chan error, 2)
		for _, id := range []chat.UserID{"u-one", "u-two"} {
			go func() { done <- w.Delete(w.ctx, id) }()
		}
		first, second := <-done, <-done
		if (first == nil) == (second == nil) {
			w.t.Errorf("exactly one must win: %v, %v", first, second)
		}
	})
}

// permissions.md 2: role changes take effect at once.
func TestRolesActAtOnce(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		in := w.login("anna")
		may := func() bool {
			a, _, err := w.ByToken(w.ctx, in.Token)
			return err == nil && a.May(chat.ViewLRoom)
		}
		change := func(f func(context.Context, *db.Tx, chat.UserID, string) error) {
			w.t.Helper()
			if err := w.DB.InTx(w.ctx, func(tx *db.Tx) error { return f(w.ctx, tx, "u-anna", chat.RoleAgent) }); err != nil {
				w.t.Fatal(err)
			}
		}
		if may() {
			w.t.Error("before")
		}
		w.events()
		if change(w.Grant); !may() {
			w.t.Error("after the role was given")
		}
		change(w.Grant) // again: nothing
		if change(w.Revoke); may() {
			w.t.Error("after the role was taken")
		}
		if got := w.events(); len(got) != 2 || got[0] != (chat.PermissionsChanged{User: "u-anna"}) {
			w.t.Errorf("events %v", got)
		}
	})
}

// rest-api.md 2: there is no implicit super-user.
func TestPermissionsAreData(t *testing.T) {
	each(t, func(w *world) {
		w.user("root", chat.RoleAdmin)
		in := w.login("root")
		may := func() bool {
			a, _, err := w.ByToken(w.ctx, in.Token)
			return err == nil && a.May(chat.CreateUser)
		}
		if !may() {
			w.t.Fatal("before")
		}
		if _, err := w.UpdatePermissions(w.ctx, []chat.Grant{{ID: chat.CreateUser, Roles: []string{}}}); err != nil {
			w.t.Fatal(err)
		}
		if may() {
			w.t.Error("admin still may")
		}
		w.events()
		for _, g := range []chat.Grant{{ID: "no-such", Roles: nil}, {ID: chat.CreateUser, Roles: []string{"boss"}}} {
			both := []chat.Grant{{ID: chat.CreateUser, Roles: []string{chat.RoleAdmin}}, g}
			if _, err := w.UpdatePermissions(w.ctx, both); !fault.Has(err, "error-invalid-body-params") {
				w.t.Errorf("%v: %v", g, err)
			}
		}
		if may() || len(w.events()) > 0 {
			w.t.Error("a refused request changed something")
		}
	})
}

// While one reads the new table, others wait for it instead of using the old one.
func TestNobodyUsesAReplacedTable(t *testing.T) {
	each(t, func(w *world) {
		for i := range 20 {
			held := i%2 == 0
			g := chat.Grant{ID: chat.CreateUser, Roles: []string{}}
			if held {
				g.Roles = []string{chat.RoleGuest}
			}
			err := w.DB.InTx(w.ctx, func(tx *db.Tx) error { return replaceGrant(w.ctx, tx, g) })
			if err != nil {
				w.t.Fatal(err)
			}
			w.ForgetPermissions()
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					if p, err := w.permissionsOf(w.ctx, []string{chat.RoleGuest}); err != nil || p[chat.CreateUser] != held {
						w.t.Errorf("held %v, want %v, %v", p[chat.CreateUser], held, err)
					}
				})
			}
			all.Wait()
		}
	})
}

// An upgrade adds what is new and leaves what was changed (permissions.md 1.2).
func TestStartKeepsChangedPermissions(t *testing.T) {
	each(t, func(w *world) {
		if _, err := w.UpdatePermissions(w.ctx, []chat.Grant{{ID: chat.CreateUser, Roles: []string{chat.RoleManager}}}); err != nil {
			w.t.Fatal(err)
		}
		if err := w.Start(w.ctx); err != nil {
			w.t.Fatal(err)
		}
		all, err := w.Permissions(w.ctx)
		i := slices.IndexFunc(all, func(g chat.Grant) bool { return g.ID == chat.CreateUser })
		if err != nil || len(all) != len(chat.DefaultPermissions()) || !slices.Equal(all[i].Roles, []string{chat.RoleManager}) {
			w.t.Errorf("%d rows, %v", len(all), err)
		}
		if cat, err := w.Find(w.ctx, chat.SystemUserID); err != nil || cat.Type != "bot" || len(cat.Roles) > 0 {
			w.t.Errorf("system user %+v, %v", cat, err)
		}
	})
}

func TestSocketTickets(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna", chat.RoleAgent)
		in := w.login("anna")
		ticket := func() string {
			secret, _, err := w.Ticket(w.ctx, "u-anna", in.Session.ID)
			if err != nil {
				w.t.Fatal(err)
			}
			return secret
		}
		one := ticket()
		a, session, err := w.Redeem(w.ctx, one)
		if err != nil || a.User != "u-anna" || session != in.Session.ID || !a.May(chat.ViewLRoom) {
			w.t.Errorf("%+v %v %v", a, session, err)
		}
		if _, _, err := w.Redeem(w.ctx, one); err == nil {
			w.t.Error("a ticket works once")
		}
		old := ticket()
		w.advance(ticketLife + time.Second)
		if _, _, err := w.Redeem(w.ctx, old); err == nil {
			w.t.Error("a ticket gets old")
		}
		orphan := ticket()
		if err := w.EndSession(w.ctx, "u-anna", in.Session.ID); err != nil {
			w.t.Fatal(err)
		}
		if _, _, err := w.Redeem(w.ctx, orphan); err == nil {
			w.t.Error("a ticket of an ended session")
		}
	})
}

// A lent token proves the same user for an hour, stands in no list and ends with the sign-in.
func TestLend(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		in := w.login("anna")
		lend := func() string {
			w.t.Helper()
			token, err := w.Lend(w.ctx, "u-anna", in.Session.ID)
			if err != nil {
				w.t.Fatal(err)
			}
			return token
		}
		token := lend()
		if all, err := w.Sessions(w.ctx, "u-anna", in.Session.ID); err != nil || len(all) != 1 || !w.works(token) {
			w.t.Error(all, err)
		}
		w.advance(lentFor + time.Second)
		if w.works(token) || !w.works(in.Token) {
			w.t.Error("a lent token gets old, its sign-in does not")
		}
		for range mostLent {
			token = lend()
			w.advance(time.Second)
		}
		first := lend()
		if !w.works(token) || !w.works(first) {
			w.t.Error("the latest ones work")
		}
		w.events()
		if err := w.EndSession(w.ctx, "u-anna", in.Session.ID); err != nil || w.works(token) || w.works(first) {
			w.t.Error("a lent token outlives its sign-in", err)
		}
		if told := w.events(); len(told) != mostLent+1 {
			w.t.Error(len(told), "ends are told of, of the sign-in and what was lent")
		}
		if _, err := w.Lend(w.ctx, "u-anna", in.Session.ID); err == nil {
			w.t.Error("lent from a sign-in that has ended")
		}
	})
}
