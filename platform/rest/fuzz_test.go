package rest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/fault"
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

// An order is read as it was written, or refused.
func FuzzSort(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"ts":-1,"name":1}`, `{"a":1,"a":-1}`, `{"a":1.0}`, `{"a":"1"}`, `{"a":{"b":1}}`, `{"":1}`, `[]`, `null`, `{"a":1}{"b":1}`, `{"a":1e0}`, `{"a":-1,`,
		"{" + strings.Repeat(`"x":1,`, 20) + `"x":1}`, `{"\u0000":1}`, ` { "a" : 1 } `,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s rest.Sort
		if err := s.UnmarshalJSON([]byte(text)); err != nil {
			return
		}
		var keys strings.Builder
		for i, k := range s {
			name, _ := json.Marshal(k.Field)
			keys.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + string(name) + map[bool]string{true: ":-1", false: ":1"}[k.Desc])
		}
		var again rest.Sort
		if err := again.UnmarshalJSON([]byte("{" + strings.TrimPrefix(keys.String(), "{") + "}")); err != nil || !slices.Equal(s, again) || len(s) > 20 {
			t.Errorf("%q is %v, then %v %v", text, s, again, err)
		}
	})
}

// A form is taken with the one file it has, or refused; what is kept of the file is what it says.
func FuzzForm(f *testing.F) {
	part := func(head, body string) string {
		return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n"
	}
	file := part(`name="file"; filename="a.txt"`, "hello")
	for _, seed := range []string{
		"", "--b--\r\n", file + "--b--\r\n", file, file + file + "--b--\r\n", part(`name="description"`, "what") + file + "--b--\r\n",
		part(`name="other"; filename="a"`, "x") + "--b--\r\n", part(`name="file"`, "no name") + "--b--\r\n", part(`name="file"; filename="../../etc/passwd\x00"`, "x") + "--b--\r\n",
		part(`name="file"; filename="large"`, strings.Repeat("x", 101)) + "--b--\r\n", strings.Repeat(part(`name="t"`, "x"), 30) + "--b--\r\n",
		part(`name="t"`, "\xff\xfe") + file + "--b--\r\n", part("", "x") + "--b--\r\n", "--b\r\n\r\n--b--", strings.Replace(file, "hello", "--b", 1),
	} {
		f.Add(seed, "multipart/form-data; boundary=b")
	}
	f.Add(file, "multipart/form-data")
	f.Add(file, "application/json")
	type request struct {
		File rest.Upload `json:"-"`
	}
	type answer struct {
		Size int64 `json:"size"`
	}
	const most = 100
	h := api(rest.Row("POST", "/x", rest.Public, "", func(_ context.Context, r request) (answer, error) {
		var into bytes.Buffer
		got, err := r.File.Receive(&into, most)
		if errors.Is(err, rest.ErrTooMuch) {
			return answer{}, fault.New(fault.Invalid, "error-too-large", "")
		}
		if err == nil && (got.Size != int64(into.Len()) || got.Size > most) {
			t := fmt.Sprintf("%d bytes are said, %d came", got.Size, into.Len())
			return answer{}, errors.New(t) // 500
		}
		return answer{got.Size}, err
	}))
	f.Fuzz(func(t *testing.T, body, kind string) {
		if strings.ContainsAny(kind, "\r\n\x00") {
			return
		}
		answered(t, call(h, "POST", "/x", body, "Content-Type: "+kind))
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
