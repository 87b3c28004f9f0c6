package rest_test

import (
	"encoding/json"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

func TestTheFieldsOfItems(t *testing.T) { // rest-api.md 1.6
	type visitor struct {
		Name  string `json:"name"`
		Token string `json:"token"`
	}
	type item struct {
		ID      string    `json:"_id"`
		Msgs    int64     `json:"msgs"`
		V       visitor   `json:"v"`
		Friends []visitor `json:"friends"`
	}
	one := item{"r", 9007199254740993, visitor{"Ann", "secret"}, []visitor{{"Bea", "t"}, {"Cid", "u"}}}
	const whole = `{"_id":"r","msgs":9007199254740993,"v":{"name":"Ann","token":"secret"},"friends":[{"name":"Bea","token":"t"},{"name":"Cid","token":"u"}]}`
	for wish, want := range map[string]string{
		``: whole, `{}`: whole,
		`{"msgs":1}`:                        `{"_id":"r","msgs":9007199254740993}`,
		`{"msgs":true,"_id":0}`:             `{"msgs":9007199254740993}`,
		`{"v":0,"friends":0}`:               `{"_id":"r","msgs":9007199254740993}`,
		`{"v":0,"friends":false,"_id":0}`:   `{"msgs":9007199254740993}`,
		`{"_id":1}`:                         `{"_id":"r"}`,
		`{"_id":0}`:                         `{"msgs":9007199254740993,"v":{"name":"Ann","token":"secret"},"friends":[{"name":"Bea","token":"t"},{"name":"Cid","token":"u"}]}`,
		`{"_id":1,"v":0,"friends":0}`:       `{"_id":"r","msgs":9007199254740993}`,
		`{"v.name":1}`:                      `{"_id":"r","v":{"name":"Ann"}}`,
		`{"friends.name":1,"v":1}`:          `{"_id":"r","friends":[{"name":"Bea"},{"name":"Cid"}],"v":{"name":"Ann","token":"secret"}}`,
		`{"v.token":0,"friends.token":0}`:   `{"_id":"r","friends":[{"name":"Bea"},{"name":"Cid"}],"msgs":9007199254740993,"v":{"name":"Ann"}}`,
		`{"msgs.deep":1}`:                   `{"_id":"r"}`,
		`{"msgs.deep":0,"v":0,"friends":0}`: `{"_id":"r","msgs":9007199254740993}`,
		`{"$where":1}`:                      `{"_id":"r"}`,
		`{"msgs":1,"v":0}`:                  `{"_id":"r","msgs":9007199254740993}`,
	} {
		var f rest.Fields
		if wish != "" {
			if err := json.Unmarshal([]byte(wish), &f); err != nil {
				t.Fatal(wish, err)
			}
		}
		parts, err := rest.Parts([]item{one}, f)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := json.Marshal(parts); !same(t, string(got), "["+want+"]") {
			t.Errorf("%s: %s, want %s", wish, got, want)
		}
	}
	for _, bad := range []string{`[]`, `1`, `"msgs"`, `{"msgs":2}`, `{"msgs":"1"}`, `{"msgs":{"$ne":1}}`, `{"msgs":null}`, `{"a":1,"a":0}`} {
		if err := json.Unmarshal([]byte(bad), new(rest.Fields)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		t.Fatal(a, b)
	}
	p, _ := json.Marshal(x)
	q, _ := json.Marshal(y)
	return string(p) == string(q)
}
