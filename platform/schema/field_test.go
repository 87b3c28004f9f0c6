package schema_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/schema"
)

type method string

// settings is a struct as the registry of settings is one.
type settings struct {
	Widget struct {
		Title  string `id:"Livechat_title" default:"Talk to us" public:"true" doc:"Shown on top." maxLength:"20"`
		Places int    `id:"Livechat_places" default:"3" min:"1" max:"9"`
	}
	Routing method            `id:"Routing_Method" default:"Auto_Selection" enum:"Auto_Selection,Manual_Selection"`
	Rooms   []string          `id:"Rooms" default:"[\"a\"]"`
	Hidden  []string          `id:"Hidden" default:"uj,ul" enum:"uj,ul,close"`
	Map     map[string]string `id:"Map"`
	Enabled bool              `id:"Enabled" default:"true"`
}

func TestSettingsByTheirFields(t *testing.T) {
	var s settings
	fields := schema.Fields(reflect.TypeFor[settings](), "id")
	schema.Fill(&s, fields)
	if got := fmt.Sprintf("%+v", s); got != `{Widget:{Title:Talk to us Places:3} Routing:Auto_Selection Rooms:[a] Hidden:[uj ul] Map:map[] Enabled:true}` {
		t.Errorf("defaults: %s", got)
	}
	byID := map[string]schema.Field{}
	names := []string{}
	for _, f := range fields {
		byID[f.Name] = f
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "Livechat_title Livechat_places Routing_Method Rooms Hidden Map Enabled" {
		t.Errorf("fields: %s", got)
	}
	title := byID["Livechat_title"]
	if title.Doc != "Shown on top." || title.Tag.Get("public") != "true" || title.Get(s) != "Talk to us" || title.Get(&s) != "Talk to us" {
		t.Errorf("title: %+v", title)
	}
	for _, c := range []struct{ id, text, want string }{
		{"Livechat_title", `"Hello"`, "Hello"},
		{"Livechat_title", `7`, "must be string"},
		{"Livechat_title", `"123456789012345678901"`, "must NOT have more than 20 characters"},
		{"Livechat_title", `"x`, "not valid JSON"},
		{"Livechat_places", `4`, "4"},
		{"Livechat_places", `"4"`, "must be number"},
		{"Livechat_places", `10`, "must be <= 9"},
		{"Livechat_places", `0.5`, "must be >= 1"},
		{"Routing_Method", `"Manual_Selection"`, "Manual_Selection"},
		{"Routing_Method", `"By_Magic"`, "must be equal to one of the allowed values"},
		{"Rooms", `["x","y"]`, "[x y]"},
		{"Hidden", `["close","other"]`, "must be equal to one of the allowed values"},
		{"Enabled", `"true"`, "must be boolean"},
		{"Enabled", `false`, "false"},
	} {
		v, err := byID[c.id].Parse([]byte(c.text))
		got := fmt.Sprint(v)
		if err != nil {
			got = err.Error()
		} else {
			byID[c.id].Set(&s, v)
			if !reflect.DeepEqual(byID[c.id].Get(s), v) {
				t.Errorf("%s is not %v after Set", c.id, v)
			}
		}
		if got != c.want {
			t.Errorf("%s = %s: got %s, want %s", c.id, c.text, got, c.want)
		}
	}
	if got := string(byID["Livechat_places"].JSONSchema()); got != `{"default":3,"maximum":9,"minimum":1,"type":"integer"}` {
		t.Errorf("JSON Schema: %s", got)
	}
}

// A default is a fresh value each time: nobody changes it for others.
func TestDefaultsAreNotShared(t *testing.T) {
	f := schema.Fields(reflect.TypeFor[settings](), "id")[3]
	f.Default().([]string)[0] = "changed"
	if got := f.Default().([]string)[0]; got != "a" {
		t.Errorf("default became %q", got)
	}
}

type inner struct {
	A string `json:"a"`
	B string `json:"b"`
}

type outer struct {
	inner
	B    int       `json:"b"`
	At   time.Time `json:"at"`
	Next *outer    `json:"next,omitempty"`
	Plain
	Unnamed string
	Q       string `query:"q"`
	N       int8   `json:"n"`
	U       uint16 `json:"u"`
}

type Plain struct{ Deep string }

// Names are those of encoding/json; what a decoded value becomes is too.
func TestDecodesAsEncodingJSON(t *testing.T) {
	text := []byte(`{"a":"x","b":2,"at":"2024-01-01T00:00:00Z","next":{"a":"y","n":-128},"Deep":"d","Unnamed":"u","u":65535}`)
	var got, want outer
	v, err := schema.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if p := schema.For[outer]().Decode(v, reflect.ValueOf(&got).Elem(), schema.Mode{}); p != nil {
		t.Fatal(p)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestIntegersInRange(t *testing.T) {
	for text, ok := range map[string]bool{
		`{"n":127}`: true, `{"n":128}`: false, `{"n":-129}`: false, `{"u":65536}`: false, `{"u":-1}`: false, `{"n":1e2}`: true, `{"n":1e3}`: false,
		`{"b":9007199254740993}`: true, `{"b":9223372036854775807}`: true, `{"b":9223372036854775808}`: false, `{"b":1e300}`: false,
	} {
		v, err := schema.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var o outer
		p := schema.For[outer]().Decode(v, reflect.ValueOf(&o).Elem(), schema.Mode{})
		if (p == nil) != ok {
			t.Errorf("%s: %v", text, p)
		}
		if text == `{"b":9007199254740993}` && o.B != 9007199254740993 {
			t.Errorf("got %d: large integers are exact", o.B)
		}
	}
}

func TestProblemsSayWhere(t *testing.T) {
	type list struct {
		Rows []map[string]inner `json:"rows"`
	}
	v, err := schema.Parse([]byte(`{"rows":[{},{"k":{"a":1}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var l list
	p := schema.For[list]().Decode(v, reflect.ValueOf(&l).Elem(), schema.Mode{})
	if p == nil || p.Path != "rows[1].k.a" {
		t.Errorf("%+v", p)
	}
}

func TestMistakesPanic(t *testing.T) {
	for name, compile := range map[string]func(){
		"a channel":        func() { schema.For[struct{ C chan int }]() },
		"a key of numbers": func() { schema.For[map[int]string]() },
		"two of one name": func() {
			schema.Fields(reflect.TypeFor[struct {
				A int `id:"x"`
				B int `id:"x"`
			}](), "id")
		},
		"a broken pattern": func() {
			schema.For[struct {
				A string `json:"a" pattern:"("`
			}]()
		},
		"a bound that is no number": func() {
			schema.For[struct {
				A int `json:"a" min:"low"`
			}]()
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			compile()
		}()
	}
}
