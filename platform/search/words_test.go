package search

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/db"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		" … !? ":                              "",
		"Where is my PARCEL? Order-No. 47,11": "where is my parcel order no 47 11",
		"ann@example.com":                     "ann example com",
		"Čeština, Zürich, ÉCOLE, Łódź, Straße": "cestina zurich ecole lodz strasse",
		"e\u0301cole":            "ecole",
		"ПРИВЕТ Ελλάδα":          "привет ελλαδα",
		"ﬁve ２３":                 "five 23",
		"東京都 Tower":              "東京 京都 都 tower",
		"x東京y":                   "x 東京 京 y",
		"人":                      "人",
		strings.Repeat("a", 100): strings.Repeat("a", longestWord),
	} {
		if got := Words(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAsk(t *testing.T) {
	for text, want := range map[string][2]string{
		"":                 {"", ""},
		`"*' OR NEAR( -^:`: {`"or" "near"*`, `'or' & 'near':*`},
		"the parc":         {`"the" "parc"*`, `'the' & 'parc':*`},
		"no 4":             {`"no" "4"`, `'no' & '4'`},
		"東京":               {`"東京"*`, `'東京':*`},
		"東京都":              {`"東京" "京都"*`, `'東京' & '京都':*`},
		"都":                {`"都"*`, `'都':*`},
		"東京 都":             {`"東京" "都"*`, `'東京' & '都':*`},
	} {
		if got := Ask(db.SQLite, text); string(got) != want[0] {
			t.Errorf("%q: %s, want %s", text, got, want[0])
		}
		if got := Ask(db.PostgreSQL, text); string(got) != want[1] {
			t.Errorf("%q: %s, want %s", text, got, want[1])
		}
	}
	if got := Ask(db.SQLite, strings.Repeat("word ", 1000)); strings.Count(string(got), "word") != mostWords {
		t.Errorf("too many words: %s", got)
	}
}

// Whatever people write: words are letters and digits between single spaces.
func FuzzWords(f *testing.F) {
	for _, text := range []string{"", "hello", "\x00\xff'\"*", "e\u0301", "東京 x", "😀 '); DROP", "ˈʼ", "1½ ﷺ", strings.Repeat("ab", 200)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := Words(text)
		if !utf8.ValidString(words) || strings.Contains(words, "  ") || strings.TrimSpace(words) != words {
			t.Fatalf("%q: %q", text, words)
		}
		for _, r := range words {
			if r != ' ' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r) {
				t.Fatalf("%q: %q has %q", text, words, r)
			}
		}
		if again := Words(words); len(strings.Fields(words)) > len(strings.Fields(again)) {
			t.Fatalf("%q: %q then %q", text, words, again)
		}
		for _, e := range []db.Engine{db.SQLite, db.PostgreSQL} {
			if q := string(Ask(e, text)); strings.ContainsAny(q, "\\\x00()!|-^:") && strings.Trim(q, `:*'" &`) == "" {
				t.Fatalf("%q: %q", text, q)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	for name, text := range map[string]string{
		"plain":   "My parcel has not arrived yet, although it was promised for Tuesday. What can I do about it?",
		"accents": "Můj balík ještě nepřišel, ačkoli byl slíben na úterý. Co s tím mohu udělat, prosím vás?",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Words(text)
			}
		})
	}
}
