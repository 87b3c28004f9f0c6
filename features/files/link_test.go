package files

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

type chosen struct{ *chat.Settings }

func (c chosen) Current() *chat.Settings { return c.Settings }

// A link is known to be over before it is, so that there is time to use it.
func TestHowLongALinkLasts(t *testing.T) {
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		set := chat.DefaultSettings()
		s := New(Deps{DB: d, Settings: chosen{set}})
		f := File{FileRef: chat.FileRef{ID: "f1", Name: "a b.png", Type: "image/png"}, RID: "r1", Kind: Uploaded, Secret: "hush", CreatedAt: c.Now()}
		if err := d.InTx(t.Context(), func(tx *db.Tx) error { return insert(t.Context(), tx, f) }); err != nil {
			t.Fatal(err)
		}
		link, err := s.Link(t.Context(), "f1")
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		token := u.Query().Get("token")
		lasts := func(file chat.FileID, token string) bool {
			t.Helper()
			yes, err := s.Lasts(context.Background(), file, token)
			if err != nil {
				t.Fatal(err)
			}
			return yes
		}
		check := func(when string, lasting, opens bool) {
			t.Helper()
			if got := lasts("f1", token); got != lasting || s.signed(f, token) != opens {
				t.Errorf("%s: lasts %v, opens %v", when, got, s.signed(f, token))
			}
		}
		check("new", true, true)
		c.Advance(44 * time.Minute)
		check("after 44 minutes", true, true)
		c.Advance(2 * time.Minute)
		check("after 46 minutes", false, true)
		c.Advance(15 * time.Minute)
		check("after an hour", false, false)
		if lasts("f1", "") || !lasts("gone", "") {
			t.Error("without a token; a file that is gone")
		}
		set.FileLinksSigned = false
		if !lasts("f1", "") {
			t.Error("no token is needed")
		}
	}, c)
}
