package webhooks

import (
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// webhooks.md 1.10 and settings.md 2.4: the documented expressions, look-ahead and all.
func TestWhatIsFound(t *testing.T) {
	set, log := chat.DefaultSettings(), slog.New(slog.DiscardHandler)
	var p patterns
	for text, want := range map[string]lead{
		"hello": {}, "": {},
		"write to Ana@Example.org or bob@test.co.uk, Ana@Example.org": {mails: []string{"Ana@Example.org", "bob@test.co.uk"}},
		"call (11) 99999-0000 please":                                 {numbers: []string{"(11) 99999-0000"}},
		"1234 5678":                                                   {numbers: []string{"1234 5678"}}, "12345": {},
	} {
		if got := p.find(set, text, log); !slices.Equal(got.mails, want.mails) || !slices.Equal(got.numbers, want.numbers) {
			t.Errorf("%q: %+v", text, got)
		}
	}
	set.LeadEmailPattern, set.LeadPhonePattern = "(", "x*"
	if got := p.find(set, "a@b.cd xxx", log); !got.empty() {
		t.Error("a mistake, or a match without a digit, found", got)
	}
	set.LeadEmailPattern, set.LeadPhonePattern = "", ""
	if got := p.find(set, "a@b.cd 1234-5678", log); !got.empty() {
		t.Error("no pattern found", got)
	}
}

// A pattern that never ends costs little and finds nothing.
func TestAHostilePattern(t *testing.T) {
	set := chat.DefaultSettings()
	set.LeadEmailPattern = `^(a+)+$`
	var p patterns
	begun := clock.System.Now()
	if got := p.find(set, strings.Repeat("a", 4000)+"!", slog.New(slog.DiscardHandler)); !got.empty() {
		t.Error(got)
	}
	if took := clock.System.Now().Sub(begun); took > 2*time.Second {
		t.Error("took", took)
	}
}

// webhooks.md 1.10: added whether or not the switch is on, told after the message and not for edits.
func TestLeadCapture(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		k.tell(sent("m0", "I am early@example.org", true))
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "I am ann@example.org, 1234-5678", true))
		k.tell(sent("m2", "nothing here", true))
		k.tell(sent("m3", "an agent's bea@example.org", false))
		edited := sent("m4", "edited@example.org", true).Message
		k.tell(chat.MessageChanged{Message: edited, Seq: 8})
		k.deliver()
		want := []string{"Message", "LeadCapture", "Message", "Message", "Message"}
		if got := f.types(k.t); !reflect.DeepEqual(got, want) {
			k.t.Fatal(got)
		}
		golden(k.t, "captured", f.got()[1].body)
		slices.Sort(k.found)
		if got := slices.Compact(k.found); !reflect.DeepEqual(got, []string{"1234-5678", "ann@example.org", "early@example.org"}) {
			k.t.Error(got)
		}
	})
}
