package schema_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/foyerchat/foyer/platform/schema"
)

// open is a record whose clients add fields of their own.
type open struct {
	Name  string         `json:"name" required:"true"`
	Max   int64          `json:"max" empty:"null" min:"-9"`
	List  []string       `json:"list" empty:"null"`
	Extra map[string]any `json:"-" extra:"true"`
}

// MarshalJSON writes it its own way, which hides none of its fields from the schema.
func (o open) MarshalJSON() ([]byte, error) { return []byte(`{}`), nil }

func TestUnknownKeysAndEmptyTexts(t *testing.T) {
	for text, want := range map[string]string{
		`{"name":"a"}`: "{a 0 [] map[]}",
		`{"name":"a","max":"","list":"","color":"red","n":1}`: "{a 0 [] map[color:red n:1]}",
		`{"name":"","max":"7","list":["x"]}`:                  "{ 7 [x] map[]}",
		`{"name":"a","list":"x"}`:                             "must be array",
		`{"name":"a","max":" "}`:                              "must be number",
		`{"color":"red"}`:                                     "must have required property 'name'",
	} {
		v, err := schema.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var o open
		got := ""
		if p := schema.For[open]().Decode(v, reflect.ValueOf(&o).Elem(), schema.Mode{Coerce: true}); p != nil {
			got = p.Error()
		} else {
			got = fmt.Sprintf("{%s %d %v %v}", o.Name, o.Max, o.List, o.Extra)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestOpenRecordsAreDescribedByTheirFields(t *testing.T) {
	types := schema.NewTypes()
	b, err := json.Marshal(types.Schema(schema.For[open](), schema.Out))
	want := `{"additionalProperties":{},"properties":{"list":{"items":{"type":"string"},"type":"array"},` +
		`"max":{"minimum":-9,"type":"integer"},"name":{"type":"string"}},"required":["name","max","list"],"type":"object"}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
}

// either is a text or a record.
type either struct {
	Text   *string            `alternative:"true" maxLength:"3"`
	Record *struct{ N int64 } `alternative:"true"`
}

func (e either) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(e) }

func TestAUnionTravelsAsOneOfItsForms(t *testing.T) {
	for text, want := range map[string]string{`"abc"`: `"abc"`, `{"N":2}`: `{"N":2}`, `7`: `"7"`, `"abcd"`: "must NOT have more than 3 characters", `["a"]`: "must be string", `{"N":"x"}`: "must be number"} {
		v, err := schema.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var e either
		got := ""
		if p := schema.For[either]().Decode(v, reflect.ValueOf(&e).Elem(), schema.Mode{Coerce: true}); p != nil {
			got = p.Error()
		} else if b, err := json.Marshal(e); err != nil {
			t.Fatal(err)
		} else {
			got = string(b)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	types := schema.NewTypes()
	b, err := json.Marshal(types.Schema(schema.For[[]either](), schema.In))
	if want := `{"items":{"anyOf":[{"maxLength":3,"type":"string"},{"properties":{"N":{"type":"integer"}},"type":"object"}]},"type":"array"}`; err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
	if got := types.Expression(schema.For[[]either](), schema.In, ""); got != "(string | {\n  N?: number;\n})[]" {
		t.Errorf("%q", got)
	}
}
