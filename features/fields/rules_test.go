package fields

import (
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

func TestWhatFitsAField(t *testing.T) { // custom-fields.md 2, 4
	for _, c := range []struct {
		field chat.CustomField
		value string
		want  bool
	}{
		{chat.CustomField{}, "anything", true},
		{chat.CustomField{}, strings.Repeat("ä", 1024), true},
		{chat.CustomField{}, strings.Repeat("ä", 1025), false},
		{chat.CustomField{}, "a\x00b", false},
		{chat.CustomField{}, "two\nlines", true},
		{chat.CustomField{Regexp: "b"}, "abc", true}, // not anchored
		{chat.CustomField{Regexp: "^b"}, "abc", false},
		{chat.CustomField{Regexp: `^\d{2}$`}, "12", true},
		{chat.CustomField{Regexp: "(["}, "x", false},
		{chat.CustomField{Type: chat.FieldSelect, Options: "a,b c"}, "b c", true},
		{chat.CustomField{Type: chat.FieldSelect, Options: "a,b c"}, "a,b c", false},
		{chat.CustomField{Type: chat.FieldSelect, Options: "a,b"}, "", false},
	} {
		if fits(c.field, c.value) != c.want {
			t.Errorf("%+v takes %.20q: %v", c.field, c.value, !c.want)
		}
	}
}

// A pattern that would take for ever is given up, and matches nothing.
func TestAHostilePatternIsGivenUp(t *testing.T) {
	begun := time.Now()
	if matches(`^(([a-z])+.)+[A-Z]([a-z])+$`, strings.Repeat("a", 1000)) {
		t.Error("it matched")
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
}
