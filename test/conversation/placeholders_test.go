package conversation

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
)

func TestPlaceholdersOfWhatStaffWrite(t *testing.T) { // canned-responses.md 5, LC-MSG-21
	manual(t, func(t *testing.T, h *house) {
		bob, boss, ann := h.agent("bob"), h.user("boss", chat.RoleManager), h.visitor("ann")
		h.exec(`UPDATE visitors SET name = '$1 {{agent.name}}' WHERE id = 'v-ann'`)
		h.exec(`INSERT INTO visitor_emails (visitor_id, position, address) VALUES ('v-ann', 0, 'ann@x.org')`)
		h.exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ('bob@x.org', $1, 0, true)`, bob.User)
		r := h.open(ann)
		if err := h.rooms.Join(h.ctx, boss, r.ID); err != nil {
			t.Fatal(err)
		}
		say := func(a chat.Actor, text string) string {
			m, err := h.rooms.Answer(h.ctx, a, rooms.Saying{RID: r.ID, Msg: text})
			if err != nil {
				t.Fatal(err)
			}
			return m.Msg
		}
		const text = "{{contact.name}} {{contact.email}} [{{contact.phone}}] {{agent.name}} {{agent.email}} {{contact.name}} {{other}} {{ agent.name }}"
		if got := say(boss, text); got != text {
			t.Errorf("nobody serves: %s", got)
		}
		h.take(bob, r)
		name := bob.Name
		if name == "" {
			t.Fatal("bob has no name")
		}
		want := "$1 {{agent.name}} ann@x.org [] " + name + " bob@x.org $1 {{agent.name}} {{other}} {{ agent.name }}"
		for _, a := range []chat.Actor{bob, boss} { // the serving agent, whoever writes
			if got := say(a, text); got != want {
				t.Errorf("%s: %s", a.Username, got)
			}
		}
		if m, err := h.rooms.Say(h.ctx, ann, rooms.Saying{RID: r.ID, Msg: text}); err != nil || m.Msg != text {
			t.Errorf("a visitor: %s %v", m.Msg, err)
		}
		h.settings.set(func(s *chat.Settings) { s.CannedResponses = false })
		if got := say(bob, text); got != text {
			t.Errorf("switched off: %s", got)
		}
	})
}
