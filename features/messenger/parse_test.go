package messenger

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWordsAreSplitWhereTheyEnd(t *testing.T) {
	for _, c := range []struct {
		in   string
		most int
		want string
	}{
		{"", 5, ""}, {"hello", 5, "hello"}, {"hello world", 6, "hello |world"}, {"abcdefgh", 3, "abc|def|gh"},
		{"a bcdefgh", 6, "a bcde|fgh"}, {"aaa\nbb cc dd", 8, "aaa\nbb |cc dd"}, {"aaaa\nbb c", 8, "aaaa\n|bb c"}, {"éé éé éé", 6, "éé éé |éé"},
	} {
		if got := strings.Join(split(c.in, c.most), "|"); got != c.want {
			t.Errorf("%q: %q", c.in, got)
		}
	}
}

// Whatever a call has in it, its notes are of somebody, for a page, and can be stored.
func FuzzNotes(f *testing.F) {
	for _, seed := range []string{
		`{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"message":{"mid":"m","text":"x","attachments":[{"type":"image","payload":{"url":"https://x"}},{"type":"location","payload":{"coordinates":{"lat":1,"long":2}}}]}}]}]}`,
		`{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"postback":{"title":"x","payload":"y"}},7,{"sender":{"id":{}}}]}]}`,
		`{"mid":"m","page":{"id":"1"},"token":"t","text":"x\u0000","first_name":"A"}`, `{"page":7,"token":"t","text":"x"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var b body
		if json.Unmarshal(data, &b) != nil {
			return
		}
		all := b.notes(inLanguage["en"])
		if n, ok := b.relayed(inLanguage["en"]); ok {
			all = append(all, n)
		}
		for _, n := range all {
			if n.empty() || n.from.id == "" || personOf(n.from.key()) != n.from || len(n.Media) > mostMedia {
				t.Errorf("%+v", n)
			}
			for _, s := range append(n.Media, n.Text, n.name, n.from.id, string(n.own)) {
				if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
					t.Errorf("cannot be stored: %q", s)
				}
			}
			for _, p := range n.parts(5) {
				if utf8.RuneCountInString(p.Msg) > 5 {
					t.Errorf("too long: %q", p.Msg)
				}
			}
		}
	})
}
