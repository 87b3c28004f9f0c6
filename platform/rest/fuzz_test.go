package rest_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

// answered fails unless the answer is 200 or a refusal in the envelope.
func answered(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	var a struct{ Success *bool }
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || a.Success == nil {
		t.Errorf("no envelope: %s", w.Body)
	}
	if w.Code != 200 && w.Code != 400 && w.Code != 413 {
		t.Errorf("bad input got %d %s", w.Code, w.Body)
	}
}

func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `{"name":"x","age":1e5,"tags":["a"],"at":{"$date":1}}`, `{"name":"\ud800\u0041","raw":[{}],"anyhow":-0}`,
		`{"name":"x","age":9223372036854775808,"share":-0.0e-400}`, `{"name":"x","at":1e30}`, `{"name":"x","unit":{"_id":1},"upsert":[{}]}`, "\xef\xbb\xbf{}",
		`{"name":"x","nick":null,"fields":{"":""}}`, `{"name":"x","at":9999999999999999}`, `"\\`, `{"`, `[1`,
	} {
		f.Add(seed)
	}
	schemaStyle := api(rest.Row("POST", "/x", rest.Public, "", echo[everything]))
	matchStyle := api(rest.Row("POST", "/x", rest.Public, "", echo[everything], rest.MatchErrors(), rest.Strict()))
	f.Fuzz(func(t *testing.T, body string) {
		answered(t, call(schemaStyle, "POST", "/x", body))
		answered(t, call(matchStyle, "POST", "/x", body))
	})
}

func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"", "text=a", "agents[]=a&agents[0]=b", "agents[", "text[=", "sort={\"a\":1}", "sort=[1]", "sort=null", "createdAt=null", "at=1e400",
		"count=1e3", "offset=-0", "a;b", "%", "customFields={\"a\":{\"b\":[1e400]}}", "open=1", "createdAt={\"start\":{\"$date\":1}}", "at=999999999999999999",
	} {
		f.Add(seed)
	}
	h := api(rest.Row("GET", "/x", rest.Public, "", echo[search]), rest.Row("POST", "/x", rest.Public, "", echo[search], rest.MatchErrors(), rest.Strict()))
	f.Fuzz(func(t *testing.T, query string) {
		answered(t, callQuery(h, query))
	})
}

func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/x/a/1", "/x/%2F/1", "/x/%zz/1", "//", "/x/a/1/", "/x/\x00/1", "/x/a/99999999999999999999"} {
		f.Add(seed)
	}
	type request struct {
		ID string `path:"id"`
		N  uint8  `path:"n"`
	}
	h := api(rest.Row("GET", "/x/{id}/{n}", rest.Public, "", echo[request]))
	f.Fuzz(func(t *testing.T, path string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path, r.URL.RawPath = path, ""
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 || !strings.HasPrefix(w.Body.String(), "{") {
			t.Errorf("%q: %d %s", path, w.Code, w.Body)
		}
	})
}
