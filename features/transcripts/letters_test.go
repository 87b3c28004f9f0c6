package transcripts

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestArabicLettersJoin(t *testing.T) {
	for spoken, want := range map[string]string{
		"بيت":    "\ufe91\ufef4\ufe96", // beginning, middle, end
		"دار":    "\ufea9\ufe8d\ufead", // none joins to the next
		"باب":    "\ufe91\ufe8e\ufe8f",
		"لا":     "\ufefb",
		"سلام":   "\ufeb3\ufefc\ufee1",
		"بَيت":   "\ufe91َ\ufef4\ufe96", // a vowel sign parts nothing
		"بء":     "\ufe8f\ufe80",        // hamza joins to nothing
		"پژ":     "\ufb58\ufb8b",
		"ab ب c": "ab \ufe8f c",
	} {
		got := string(joined([]rune(spoken)))
		if got != want {
			t.Errorf("%s: %+q, want %+q", spoken, got, want)
		}
		if back := norm.NFKC.String(got); back != spoken {
			t.Errorf("%s reads as %s", spoken, back)
		}
	}
}

// The order in which a line is seen, from the left; capital letters stand for Hebrew.
func TestLinesInBothDirections(t *testing.T) {
	hebrew := func(s string) []rune {
		out := []rune(s)
		for i, r := range out {
			if r >= 'A' && r <= 'Z' {
				out[i] = 'א' + r - 'A'
			}
		}
		return out
	}
	for _, c := range []struct {
		said, seen string
		toLeft     bool
	}{
		{"abc def", "abc def", false},
		{"ABC DEF", "FED CBA", true},
		{"say ABC DEF now", "say FED CBA now", false},
		{"ABC say it DEF", "FED say it CBA", true},
		{"ABC 123 DEF", "FED 123 CBA", true},
		{"ABC (12) DEF", "FED (12) CBA", true},
		{"ABC (DE)!", "!(ED) CBA", true},
		{"price ABC 12.50 end", "price 12.50 CBA end", false},
		{"a 12.50 b", "a 12.50 b", false},
		{"ABC.", ".CBA", true},
		{"", "", false},
	} {
		if got := visual(hebrew(c.said), c.toLeft); !slices.Equal(got, hebrew(c.seen)) {
			t.Errorf("%q is seen as %q, want %q", c.said, string(got), string(hebrew(c.seen)))
		}
		if got := isLeftwards(hebrew(c.said)); got != c.toLeft {
			t.Errorf("%q runs to the left: %v", c.said, got)
		}
	}
}

// A mark stays on its letter when the line turns.
func TestMarksStayOnTheirLetters(t *testing.T) {
	if got := string(visual([]rune("בּג"), true)); got != "גבּ" {
		t.Errorf("%+q", got)
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"", "abc", "السلام 12% (x)", "a\u0301\u202eb", "١٢٣ + 4", "))((", "\u0301"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, toLeft bool) {
		in := []rune(s)
		out := visual(in, toLeft)
		if len(out) != len(in) {
			t.Errorf("%q became %q", s, string(out))
		}
		joined(in)
	})
}
