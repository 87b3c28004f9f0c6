package offline

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
)

// own leaves a message with our own widget.
func (k *kit) own(secret, name string) string {
	k.t.Helper()
	r := httptest.NewRequest("POST", "/api/v1/foyer/widget/offline", strings.NewReader(`{"name":"`+name+`","email":"x@example.com","message":"Hello"}`))
	r.Header.Set("X-Foyer-Session", secret)
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	if w.Code != 200 {
		k.t.Fatal(w.Code, w.Body)
	}
	all, _, _, err := k.List(k.t.Context(), people["boss"], Filter{Limit: 1})
	if err != nil || all[0].Name != name {
		k.t.Fatal(err, all)
	}
	return all[0].ID
}

func (k *kit) left() (names []string) {
	k.t.Helper()
	all, _, _, err := k.List(k.t.Context(), people["boss"], Filter{Limit: 99})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, m := range all {
		names = append(names, m.Name)
	}
	return names
}

// What a visitor wrote goes with him, also what was mailed of it; nobody else's does,
// whatever address it names.
func TestWhatAnErasedVisitorWrote(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		first := k.own("ann's secret", "Ann")
		k.clock.Advance(time.Second)
		k.own("", "Nobody")
		k.clock.Advance(time.Second)
		k.own("an old secret of someone", "Old")
		k.clock.Advance(time.Second)
		erased := k.Consumers()[0]
		for range 2 {
			for _, v := range []chat.VisitorID{"ann", "", "somebody"} {
				if err := erased.Handle(t.Context(), outbox.Envelope{ID: "e", Event: chat.VisitorErased{Visitor: v}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := k.left(); !slices.Equal(got, []string{"Old", "Nobody"}) || !slices.Equal(k.gone, []string{first}) {
			t.Error(got, k.gone)
		}
	})
}

// Messages are kept as long as the setting says.
func TestOldMessagesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.set.OfflineMessageDays = 30
		first := k.own("", "First")
		k.clock.Advance(24 * time.Hour)
		k.own("", "Second")
		k.clock.Advance(29*24*time.Hour + time.Second)
		job := k.Jobs()[0]
		if err := job.Run(t.Context(), jobs.Run{Attempt: 1}); err != nil {
			t.Fatal(err)
		}
		if got := k.left(); !slices.Equal(got, []string{"Second"}) || !slices.Equal(k.gone, []string{first}) {
			t.Error(got, k.gone)
		}
		var due int64
		if err := k.DB.QueryRow(t.Context(), `SELECT due_at FROM jobs WHERE kind = 'offline.clean'`).Scan(&due); err != nil || due != int64(k.clock.Now().Add(time.Hour)) {
			t.Error("the next cleaning:", due, err)
		}
	})
}
