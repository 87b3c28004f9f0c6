package inboxes

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/mailbox"
	"github.com/foyerchat/foyer/test/house"
)

// held is how many mails wait, and for what.
func (h *office) held() string {
	a := h.Call("boss", "GET", "email-inbox.list", nil)
	return fmt.Sprint(a.At("emailInboxes.0.status.held"), " ", a.At("emailInboxes.0.status.heldFor"))
}

func TestManyMailsOfBeforeAreInNobodysWay(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		for n := range 210 {
			h.post.brings(house.Noon.Time().Add(-time.Hour), written(fmt.Sprintf("%d@example.com", n), "", "too early"))
		}
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.post.brings(house.Noon.Time().Add(time.Second), written("new@example.com", "", "hello"))
		h.watches()
		h.until("taken in", func() bool { n, _ := h.post.unseen(); return n == 210 })
		if got := h.said(h.rooms()[0]); len(h.rooms()) != 1 || !slices.Equal(got, []string{"(livechat-started)", "hello"}) {
			t.Errorf("%v %q", h.rooms(), got)
		}
		if n := h.post.reads(); n != 1 {
			t.Errorf("%d mails were read", n)
		}
	})
}

func TestManyMailsThatWaitAreInNobodysWay(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		rid, _ := h.chat()
		h.Set("Livechat_accept_chats_with_no_agents", false)
		h.Leaves("alice")
		h.Leaves("bob")
		const many = 205
		for n := range many {
			h.post.brings(house.Noon.Time().Add(time.Second), strings.Replace(written(fmt.Sprintf("at-night-%d@example.com", n), "", "x"), "Ann@", "guest@", 1))
		}
		h.until("held", func() bool { return h.held() == fmt.Sprint(many, " no-agent-online") })
		before := h.post.reads()
		h.post.brings(house.Noon.Time().Add(time.Second), written("2@example.com", "In-Reply-To: <1@example.com>", "", "two"))
		h.until("taken in", func() bool { n, all := h.post.unseen(); return n == many && all == many+2 })
		if got := h.said(rid); !slices.Contains(got, "two") {
			t.Errorf("%q", got)
		}
		if n := h.post.reads() - before; n > 10 {
			t.Errorf("%d mails were read again", n)
		}
	})
}

func TestMailsOfTheNightComeInTheirOrder(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		h.Set("Livechat_accept_chats_with_no_agents", false)
		h.Leaves("alice")
		h.Leaves("bob")
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		for _, text := range []string{"one", "two", "three"} {
			h.post.brings(house.Noon.Time().Add(time.Second), written(text+"@example.com", "", text))
		}
		h.until("held", func() bool { return h.held() == "3 no-agent-online" })
		h.Comes("alice")
		h.until("taken in", func() bool { h.Clock.Advance(5 * time.Second); n, _ := h.post.unseen(); return n == 0 })
		if got := h.said(h.rooms()[0]); !slices.Equal(slices.DeleteFunc(got, func(s string) bool { return s[0] == '(' }), []string{"one", "two", "three"}) {
			t.Errorf("%q", got)
		}
		h.until("nothing held", func() bool { return h.held() == "0 <nil>" })
	})
}

func TestAMailOfSomebodyUnknown(t *testing.T) { // LC-START-7: refused for good
	for _, setting := range []string{"Livechat_Block_Unknown_Contacts", "Livechat_Block_Unverified_Contacts"} {
		t.Run(setting, func(t *testing.T) {
			each(t, func(t *testing.T, h *office) {
				h.Set(setting, true)
				h.OK("boss", "POST", "email-inbox", h.inbox())
				h.watches()
				h.brings(written("1@example.com", "", "let me in"))
				h.Set(setting, false)
				h.brings(written("1@example.com", "", "let me in")) // the same once more
				if all := h.rooms(); len(all) != 0 {
					t.Errorf("%v", all)
				}
			})
		})
	}
}

// fragile panics once.
type fragile struct {
	*mailbox.Opener
	broken atomic.Bool
}

func (f *fragile) Open(ctx context.Context, s mailbox.Server) (*mailbox.Box, error) {
	if f.broken.CompareAndSwap(false, true) {
		panic("a hostile mail")
	}
	return f.Opener.Open(ctx, s)
}

func TestAPanicIsAFailureOfItsInbox(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		h.Inside.Inboxes.Opener = &fragile{Opener: mailbox.NewOpener(mailbox.Options{AllowPrivate: true})}
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.until("a failure", func() bool { return h.status() == "true retrying 1 failed" })
		h.Clock.Advance(3 * time.Second)
		h.until("connected", func() bool { return h.status() == "true connected 0 <nil>" })
	})
}

func TestAServerThatUnderstatesSizes(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		h.post.understates = true
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.brings(written("1@example.com", "", "the whole of it"))
		if got := h.said(h.rooms()[0]); !slices.Equal(got, []string{"(livechat-started)", "the whole of it"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestAgentsAreToldWhatIsMissing(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		mails := map[string][]string{
			"files": {"Content-Type: multipart/mixed; boundary=x", "", "--x", "", "see there", strings.Repeat("--x\nContent-Disposition: attachment; filename=a.txt\n\nfile\n", 21) + "--x--"},
			"text":  {"", strings.Repeat("long ", 50_000)},
			"bytes": {"X-Long: " + strings.Repeat("x\n ", 9), "Content-Type: multipart/mixed; boundary=x", "", "--x", "", "short", "--x", "Content-Disposition: inline; filename=a.txt", "", "", "--x--", strings.Repeat(strings.Repeat("y", 1000)+"\n", 27_000)},
			"none":  {"", "all is here"},
		}
		wanted := map[string]any{"files": "error-mail-too-many-parts", "text": "error-mail-too-large", "bytes": "error-mail-too-large"}
		for name, lines := range mails {
			h.brings(strings.Replace(written(name+"@example.com", lines...), "Ann@", name+"@", 1))
			rooms := h.rooms()
			all := h.messages(rooms[len(rooms)-1])
			e, _ := all[len(all)-1]["email"].(map[string]any)
			if said := all[len(all)-1]["msg"]; name == "text" && said != "The mail is too large: only its beginning was taken over" {
				t.Errorf("%s: %v", name, said)
			}
			if wanted[name] != e["error"] || wanted[name] != nil && e["notice"] != "left-out" {
				t.Errorf("%s: %v", name, all[len(all)-1])
			}
			h.Clock.Advance(time.Second)
		}
	})
}
