package main

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/triggers"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/testkit"
)

type settings chat.Settings

func (s *settings) Current() *chat.Settings { return (*chat.Settings)(s) }

// The server's trigger asks the example as documented, and understands its answer.
func TestATriggerAsksTheExample(t *testing.T) {
	example := httptest.NewServer(service("secret"))
	defer example.Close()
	out := outbound.New(outbound.Options{AllowPrivate: true})
	defer out.Close()
	set := settings(*chat.DefaultSettings())
	s := triggers.New(triggers.Deps{DB: testkit.Open(t, db.SQLite), Clock: clock.System, Settings: &set, Outbound: out})
	timeout, fallback := 5000.0, "Hello?"
	saved, err := s.Save(t.Context(), chat.Trigger{Name: "Greet", Enabled: true, Actions: []chat.Action{{Name: chat.UseExternalService,
		Params: chat.ActionParams{ServiceURL: example.URL, ServiceTimeout: &timeout, ServiceFallbackMessage: &fallback}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ secret, want string }{
		{"secret", "[{Hello Ann! 1} {May I help you with your order? 2}] <nil>"},
		{"another", "[] error-invalid-external-service-response"},
	} {
		set.WebhookToken = c.secret
		found, err := s.Call(t.Context(), saved.ID, "token", []triggers.Pair{{Key: "name", Value: "Ann"}, {Key: "basket", Value: "3"}})
		if got := fmt.Sprint(found, " ", err); got != c.want {
			t.Errorf("%s: %s", c.secret, got)
		}
	}
}
