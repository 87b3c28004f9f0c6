package rest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

type rawRequest struct {
	Name string   `path:"name"`
	Wish string   `query:"wish"`
	Raw  rest.Raw `json:"-"`
}

func sign(_ context.Context, r rawRequest) (rest.Bytes, error) {
	return rest.Bytes{Type: "text/plain", Body: fmt.Appendf(nil, "%s %s|%s|%s|%q", r.Name, r.Wish, r.Raw.Type, r.Raw.Query, r.Raw.Body)}, nil
}

func TestARawBodyIsTakenAsItComes(t *testing.T) {
	row := rest.Row("POST", "/in/{name}", rest.Public, "Takes what others sign.", sign, rest.Form("From", "To"), rest.MaxBody(20))
	h := api(row)
	for _, body := range []string{"a=%zz&\x00", `{"half`, strings.Repeat("x", 20)} {
		expect(t, call(h, "POST", "/in/x?wish=a%20b&more=%31", body, "Content-Type: some/thing; of=it"), 200, fmt.Sprintf("x a b|some/thing; of=it|wish=a%%20b&more=%%31|%q", body))
	}
	expect(t, call(h, "POST", "/in/x", ""), 200, `x |||""`)
	if w := call(h, "POST", "/in/x", strings.Repeat("x", 21)); w.Code != 413 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	var d struct {
		Paths map[string]map[string]struct {
			RequestBody struct {
				Content map[string]struct {
					Schema struct{ Properties map[string]any }
				}
			}
		}
	}
	if err := json.Unmarshal(rest.OpenAPI([]rest.Endpoint{row}, "1"), &d); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
		if p := d.Paths["/in/{name}"]["post"].RequestBody.Content[kind].Schema.Properties; len(p) != 2 || p["From"] == nil {
			t.Errorf("%s is not described: %v", kind, p)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("GET has no body")
		}
	}()
	rest.Row("GET", "/in/{name}", rest.Public, "", sign)
}
