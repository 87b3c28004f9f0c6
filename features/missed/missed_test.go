package missed

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database and queue; nothing is sent.
type kit struct {
	*Service
	t     *testing.T
	clock *clock.Fake
	set   chat.Settings
	mails []mail.Message
	queue mail.Queue
	deaf  bool
}

func (k *kit) Current() *chat.Settings { return &k.set }
func (k *kit) Ready() bool             { return !k.deaf }
func (k *kit) Enqueue(ctx context.Context, tx *db.Tx, m mail.Message) error {
	k.mails = append(k.mails, m)
	return k.queue.Enqueue(ctx, tx, m)
}

func each(t *testing.T, run func(t *testing.T, k *kit)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			k := &kit{t: t, clock: clock.NewFake(1_790_000_000_000), set: *chat.DefaultSettings()}
			d := testkit.Open(t, engine, k.clock)
			k.Service = New(Deps{DB: d, Settings: k, Mails: k, RootURL: "https://chat.example.org"})
			err := d.InTx(t.Context(), func(tx *db.Tx) error {
				for _, sql := range []string{
					`INSERT INTO users (id, username, username_lower, name, active, type, language, preferences, created_at, updated_at) VALUES
						('ann', 'ann', 'ann', 'Ann', true, 'user', '', '{}', 1, 1), ('ben', 'ben', 'ben', 'Ben', true, 'user', 'de', '{"missedChatMails":true}', 1, 1),
						('cat', 'cat', 'cat', 'Cat', true, 'user', '', '{"missedChatMails":false}', 1, 1), ('bot', 'bot', 'bot', 'Bot', true, 'bot', '', '{}', 1, 1),
						('off', 'off', 'off', 'Off', false, 'user', '', '{}', 1, 1), ('mgr', 'mgr', 'mgr', 'Mgr', true, 'user', '', '{}', 1, 1), ('dan', 'dan', 'dan', 'Dan', true, 'user', '', '{}', 1, 1)`,
					`INSERT INTO user_roles (user_id, role) SELECT id, 'livechat-agent' FROM users WHERE id <> 'mgr'`,
					`INSERT INTO user_emails (user_id, address, position, verified) SELECT id, id || '@example.org', 0, true FROM users WHERE id <> 'dan'`,
					`INSERT INTO user_emails (user_id, address, position, verified) VALUES ('ann', 'second@example.org', 1, true)`,
					`INSERT INTO agents (user_id, status_livechat, status, updated_at) VALUES ('ann', 'available', 'away', 1), ('ben', 'available', 'online', 1)`,
					`INSERT INTO departments (id, site_id, name, email, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ('d1', 'default', 'Sales', '', true, true, true, 1)`,
					`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('d1', 'ben', 1)`,
				} {
					if _, err := tx.Exec(t.Context(), sql); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			run(t, k)
		})
	}
}

func room(change ...func(*chat.Room)) chat.Room {
	r := chat.Room{ID: "r1", FName: "Vera\nBcc: x", V: chat.VisitorView{ID: "v1"}, Closer: chat.CloserVisitor}
	for _, c := range change {
		c(&r)
	}
	return r
}

func served(by chat.AgentID) func(*chat.Room) {
	return func(r *chat.Room) { r.ServedBy = &chat.ServedBy{ID: by} }
}
func in(d chat.DepartmentID) func(*chat.Room) { return func(r *chat.Room) { r.DepartmentID = d } }
func answered(r *chat.Room)                   { r.Metrics = &chat.Metrics{Response: &chat.ResponseMetrics{Total: 1}} }
func closedBy(u chat.UserID) func(*chat.Room) {
	return func(r *chat.Room) { r.Closer, r.ClosedBy = chat.CloserUser, &chat.UserRef{ID: u} }
}

func (k *kit) to() (names []string) {
	for _, m := range k.mails {
		name, _, _ := strings.Cut(m.To.Address, "@")
		names = append(names, name)
	}
	slices.Sort(names)
	k.mails = nil
	return names
}

func TestWhoIsToldOfAChatNobodyAnswered(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for i, c := range []struct {
			room chat.Room
			want []string
		}{
			{room(), []string{"ann", "ben"}},
			{room(in("d1")), []string{"ben"}},
			{room(served("ann")), []string{"ann"}},
			{room(served("cat")), nil}, // declines
			{room(served("bot")), nil},
			{room(served("off")), nil},
			{room(served("dan")), nil}, // has no address
			{room(served("ann"), answered), nil},
			{room(closedBy("mgr")), nil},
			{room(closedBy(chat.SystemUserID)), []string{"ann", "ben"}},
		} {
			if err := k.closed(t.Context(), fmt.Sprint("e", i), chat.RoomClosed{Room: c.room}); err != nil {
				t.Fatal(err)
			}
			if got := k.to(); !slices.Equal(got, c.want) {
				t.Errorf("%d: %v, want %v", i, got, c.want)
			}
		}
	})
}

func TestWhoIsToldOfAChatHeWasGiven(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for i, c := range []struct {
			room chat.Room
			by   chat.UserID
			want []string
		}{
			{room(served("ann")), chat.SystemUserID, []string{"ann"}},
			{room(served("ann")), "mgr", []string{"ann"}},
			{room(served("ann")), "ann", nil},
			{room(served("ben")), "mgr", nil}, // is there
			{room(), "mgr", nil},
		} {
			if err := k.taken(t.Context(), fmt.Sprint("e", i), chat.RoomTaken{Room: c.room, By: chat.UserRef{ID: c.by}}); err != nil {
				t.Fatal(err)
			}
			if got := k.to(); !slices.Equal(got, c.want) {
				t.Errorf("%d: %v, want %v", i, got, c.want)
			}
		}
	})
}

// In the agent's language or the administrator's words, with a link; one event tells once, an agent gets ten in an hour.
func TestTheMails(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		closed := func(event string, r chat.Room) mail.Message {
			t.Helper()
			k.mails = nil
			if err := k.closed(t.Context(), event, chat.RoomClosed{Room: r}); err != nil {
				t.Fatal(err)
			}
			if len(k.mails) == 0 {
				return mail.Message{}
			}
			return k.mails[0]
		}
		m := closed("e1", room(in("d1")))
		text, _, err := m.Letter.Render()
		if err != nil || m.Subject != "Verpasster Chat: Vera Bcc: x" || !strings.Contains(text, "https://chat.example.org/console/inbox/r1") || !strings.Contains(text, "Abteilung: Sales") || m.About != "v1" {
			t.Errorf("%v %+v\n%s", err, m, text)
		}
		closed("e1", room(in("d1")))
		if _, total, err := k.list(); err != nil || total != 1 {
			t.Error("told twice", total, err)
		}
		k.set.MissedMailSubject, k.set.MissedMailText = "{agent}: {name} ({department})", "x"
		if m := closed("e2", room(in("d1"))); m.Subject != "Ben: Vera Bcc: x (Sales)" || m.Letter.Parts[0].Text != "x" {
			t.Errorf("%+v", m)
		}
		for i := range mostAnHour {
			closed(fmt.Sprint("more", i), room(in("d1")))
		}
		if _, total, _ := k.list(); total != mostAnHour {
			t.Error(total)
		}
		k.clock.Advance(time.Hour + time.Second)
		if m := closed("later", room(in("d1"))); m.Kind == "" {
			t.Error("silent for ever")
		}
		k.deaf = true
		if m := closed("deaf", room()); m.Kind != "" {
			t.Error("written although mails go nowhere")
		}
		k.deaf, k.set.MissedChatMails = false, false
		if m := closed("off", room()); m.Kind != "" {
			t.Error("switched off")
		}
	})
}

func (k *kit) list() ([]mail.Entry, int64, error) {
	q := mail.Queue{DB: k.DB}
	return q.List(k.t.Context(), mail.Filter{Limit: 100})
}
