package schema_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/schema"
)

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]error{
		``: schema.ErrSyntax, ` `: schema.ErrSyntax, `{`: schema.ErrSyntax, `[1,]`: schema.ErrSyntax, `[1 2]`: schema.ErrSyntax,
		`{"a":1,}`: schema.ErrSyntax, `{"a"}`: schema.ErrSyntax, `{a:1}`: schema.ErrSyntax, `{1:1}`: schema.ErrSyntax, `[1[2]]`: schema.ErrSyntax,
		`01`: schema.ErrSyntax, `1.`: schema.ErrSyntax, `.5`: schema.ErrSyntax, `1e`: schema.ErrSyntax, `-`: schema.ErrSyntax, `+1`: schema.ErrSyntax,
		`NaN`: schema.ErrSyntax, `tru`: schema.ErrSyntax, `truex`: schema.ErrSyntax, `nul`: schema.ErrSyntax, `1 2`: schema.ErrSyntax, `'a'`: schema.ErrSyntax,
		`"a`: schema.ErrSyntax, "\"a\nb\"": schema.ErrSyntax, `"\x"`: schema.ErrSyntax, `"\u12"`: schema.ErrSyntax, `"\u12g4"`: schema.ErrSyntax,
		`"\`: schema.ErrSyntax, `"\ud800\u12"`: schema.ErrSyntax, "\ufeff{}": schema.ErrSyntax,
		"\"\xff\"": schema.ErrUTF8, "{}\xff": schema.ErrUTF8,
		`"\u0000"`: schema.ErrNUL, "\"\x00\"": schema.ErrNUL, "\"\\n\x00\"": schema.ErrNUL,
		`{"a":1,"a":1}`: schema.ErrDuplicate, `{"a":1,"\u0061":1}`: schema.ErrDuplicate, `[{"o":{"":1,"":2}}]`: schema.ErrDuplicate,
		deep(schema.MaxDepth + 1): schema.ErrDepth, strings.Repeat(`{"a":`, 100_000): schema.ErrDepth,
	} {
		if _, err := schema.Parse([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.40q: got %v, want %v", text, err, want)
		}
	}
	if _, err := schema.Parse([]byte(deep(schema.MaxDepth))); err != nil {
		t.Errorf("at the deepest: %v", err)
	}
}

func deep(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

func TestDuplicatesInLargeObjects(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 100 {
		b.WriteString(`"k` + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + `":1,`)
	}
	if _, err := schema.Parse([]byte(b.String() + `"z":1}`)); err != nil {
		t.Errorf("101 different keys: %v", err)
	}
	if _, err := schema.Parse([]byte(b.String() + `"kc":1}`)); !errors.Is(err, schema.ErrDuplicate) {
		t.Errorf("a key twice among 101: %v", err)
	}
}

// What Parse accepts it reads as encoding/json does, and it accepts nothing that
// encoding/json refuses.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`null`, `true`, `-0.5e+3`, `"a\"\\\/\b\f\n\r\té\ud83d\ude00\ud83d\ud83dx"`, `[1,[],{}]`, ` { "a" : [ true , null ] } `, `{"":{"":""}}`, `1e400`, `"\`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := schema.Parse(text)
		if err != nil {
			return
		}
		var want any
		got, ok := v.Any()
		if err := json.Unmarshal(text, &want); (err == nil) != ok || ok && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %#v %v, want %#v %v", text, got, ok, want, err)
		}
	})
}
