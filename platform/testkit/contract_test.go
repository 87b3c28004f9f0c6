package testkit_test

import (
	"context"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

type pet struct {
	Name string   `json:"name"`
	Kind string   `json:"kind" enum:"cat,dog"`
	Tags []string `json:"tags"`
	Next *pet     `json:"next"`
	Age  int64    `json:"age,omitempty"`
}

type pets struct {
	Pet pet `json:"pet"`
}

func TestAnAnswerThatIsNotPromisedIsNoticed(t *testing.T) {
	none := func(context.Context, struct{}) (r pets, _ error) { return }
	number := func(context.Context, struct{}) (r int, _ error) { return }
	c, err := testkit.NewContract(rest.OpenAPI([]rest.Endpoint{
		rest.Row("GET", "/pets/{id}", rest.Public, "A pet.", none), rest.Row("GET", "/pets/count", rest.Public, "How many.", number, rest.Plain()),
	}, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []struct {
		path   string
		status int
		kind   string
		body   string
		ok     bool
	}{
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cat","tags":["b"],"next":null},"success":true}`, true},
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cat","tags":[],"next":{"name":"a","kind":"dog","tags":[],"next":null,"age":3}},"success":true}`, true},
		{"/pets/1", 400, "application/json", `{"success":false,"error":"no"}`, true},
		{"/pets/count", 200, "application/json", `3`, true},
		{"/elsewhere", 200, "text/plain", `x`, true},
		{"/pets/1", 200, "text/html", `{"pet":{"name":"a","kind":"cat","tags":[],"next":null},"success":true}`, false},
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cat","tags":[],"next":null}}`, false},
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cow","tags":[],"next":null},"success":true}`, false},
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cat","tags":null,"next":null},"success":true}`, false},
		{"/pets/1", 200, "application/json", `{"pet":{"name":5,"kind":"cat","tags":[],"next":null},"success":true}`, false},
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cat","tags":[],"next":{"name":"a"}},"success":true}`, false},
		{"/pets/1", 200, "application/json", `{"pet":{"name":"a","kind":"cat","tags":[],"next":null,"age":"3"},"success":true}`, false},
		{"/pets/1", 402, "application/json", `{"success":false,"error":"no"}`, false},
		{"/pets/1", 400, "application/json", `{"success":true}`, false},
		{"/pets/count", 200, "application/json", `"3"`, false},
	} {
		if err := c.Check("GET", a.path, a.status, a.kind, []byte(a.body)); (err == nil) != a.ok {
			t.Errorf("%d %s: %v", a.status, a.body, err)
		}
	}
}
