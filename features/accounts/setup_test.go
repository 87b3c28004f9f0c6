package accounts

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
)

func (w *world) link() string {
	w.t.Helper()
	secret, err := w.SetupTicket(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

func (w *world) finish(secret, username string) error {
	_, err := w.FinishSetup(w.ctx, Setup{Ticket: secret, Admin: NewUser{Username: username, Digest: DigestOf("pw-" + username)}, GrantAgents: true})
	return err
}

func TestSetup(t *testing.T) {
	each(t, func(w *world) {
		if needed, err := w.NeedsSetup(w.ctx); err != nil || !needed {
			w.t.Fatalf("needed %v, %v", needed, err)
		}
		secret := w.link()
		if err := w.finish(secret, "not valid"); err == nil || w.CheckSetup(w.ctx, secret) != nil {
			w.t.Errorf("a mistake in the form must leave the link: %v", err)
		}
		if err := w.finish(secret, "boss"); err != nil {
			w.t.Fatal(err)
		}
		in := w.login("boss")
		if !slices.Equal(in.User.Roles, []string{chat.RoleAdmin, chat.RoleAgent, chat.RoleManager}) || w.desk.told[0] != "role "+string(in.User.ID) {
			w.t.Errorf("roles %v, told %v", in.User.Roles, w.desk.told)
		}
		all, _ := w.Permissions(w.ctx)
		for _, g := range all {
			if g.ID == chat.TransferLivechatGuest && !slices.Contains(g.Roles, chat.RoleAgent) {
				w.t.Error("agents were not given transfer-livechat-guest (permissions.md 7.1)")
			}
		}
		if needed, _ := w.NeedsSetup(w.ctx); needed || w.CheckSetup(w.ctx, secret) == nil {
			w.t.Error("set-up is over")
		}
	})
}

func TestSetupRefusesOtherTickets(t *testing.T) {
	each(t, func(w *world) {
		old := w.link()
		w.advance(setupLife + time.Second)
		socket, _, err := w.Ticket(w.ctx, chat.SystemUserID, "s")
		if err != nil {
			w.t.Fatal(err)
		}
		for name, secret := range map[string]string{"old": old, "none": "", "guessed": "guessed", "socket": socket} {
			if err := w.finish(secret, "boss"); !fault.Has(err, "error-setup-link") {
				w.t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Of many people with the link, or with links of several nodes, one gets in.
func TestOnlyOneSetupWins(t *testing.T) {
	each(t, func(w *world) {
		links := []string{w.link(), w.link()}
		var won atomic.Int32
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if w.finish(links[i%2], string(rune('a'+i))+"boss") == nil {
					won.Add(1)
				}
			})
		}
		all.Wait()
		people, err := countPeople(w.ctx, w.DB)
		if won.Load() != 1 || people != 1 || err != nil {
			w.t.Errorf("%d won, %d people, %v", won.Load(), people, err)
		}
	})
}

func TestCreateFirstOnlyOnce(t *testing.T) {
	each(t, func(w *world) {
		var made atomic.Int32
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				created, err := w.CreateFirst(w.ctx, NewUser{ID: "first", Username: "boss", Digest: DigestOf("pw-boss")})
				if err != nil {
					w.t.Error(err)
				}
				if created {
					made.Add(1)
				}
			})
		}
		all.Wait()
		if in := w.login("boss"); made.Load() != 1 || in.User.ID != "first" || !slices.Equal(in.User.Roles, []string{chat.RoleAdmin}) {
			w.t.Errorf("made %d times: %+v", made.Load(), in.User)
		}
	})
}
