package rest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

// got answers with the request as the handler saw it.
type got struct {
	Got string `json:"got"`
}

func echo[Req any](_ context.Context, r Req) (got, error) {
	text, err := json.Marshal(r)
	return got{string(text)}, err
}

// bodyOf sends a body and returns what the handler saw, or the error text.
func bodyOf(t *testing.T, e rest.Endpoint, body string) string {
	t.Helper()
	return textOf(t, call(api(e), e.Method, e.Path, body).Body.Bytes())
}

func textOf(t *testing.T, answer []byte) string {
	t.Helper()
	var a struct{ Got, Error string }
	if err := json.Unmarshal(answer, &a); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	return a.Got + a.Error
}

type entry struct {
	AgentID string `json:"agentId" required:"true"`
	Count   int64  `json:"count,omitempty"`
}

type unit struct {
	ID string `json:"_id,omitempty"`
}

type everything struct {
	Name   string          `json:"name" required:"true"`
	Age    int32           `json:"age,omitempty" min:"0" max:"150"`
	Share  float64         `json:"share,omitempty"`
	Open   bool            `json:"open,omitempty"`
	Tags   []string        `json:"tags,omitempty" minItems:"1" maxItems:"2" maxLength:"3"`
	Upsert []entry         `json:"upsert,omitempty"`
	Unit   *unit           `json:"unit,omitempty" strict:"true"`
	Fields map[string]any  `json:"fields,omitempty"`
	At     clock.Instant   `json:"at,omitzero"`
	Kind   string          `json:"kind,omitempty" enum:"a,b"`
	Code   string          `json:"code,omitempty" pattern:"^[0-9]+$"`
	Nick   *string         `json:"nick,omitempty" minLength:"2"`
	Raw    json.RawMessage `json:"raw,omitempty"`
	Anyhow any             `json:"anyhow,omitempty"`
	Tone   string          `json:"tone" default:"loud"`
}

func TestBodyInJSONSchemaStyle(t *testing.T) {
	row := rest.Row("POST", "/x", rest.Public, "", echo[everything])
	const params = " [invalid-params]"
	for body, want := range map[string]string{
		``:                                             "must have required property 'name'" + params,
		`{}`:                                           "must have required property 'name'" + params,
		`[]`:                                           "must be object" + params,
		`{"name":null}`:                                "must be string" + params,
		`{"name":{}}`:                                  "must be string" + params,
		`{"name":["x"]}`:                               "must be string" + params,
		`{"name":"x"}`:                                 `{"name":"x","tone":"loud"}`,
		`{"name":false}`:                               `{"name":"false","tone":"loud"}`,
		`{"name":12.50}`:                               `{"name":"12.50","tone":"loud"}`,
		`{"name":"x","unknown":1}`:                     `{"name":"x","tone":"loud"}`,
		`{"Name":"x"}`:                                 "must have required property 'name'" + params,
		`{"name":"x","age":"7"}`:                       `{"name":"x","age":7,"tone":"loud"}`,
		`{"name":"x","age":7.0}`:                       `{"name":"x","age":7,"tone":"loud"}`,
		`{"name":"x","age":true}`:                      `{"name":"x","age":1,"tone":"loud"}`,
		`{"name":"x","age":7.5}`:                       "must be integer" + params,
		`{"name":"x","age":"seven"}`:                   "must be number" + params,
		`{"name":"x","age":"0x10"}`:                    "must be number" + params,
		`{"name":"x","age":""}`:                        "must be number" + params,
		`{"name":"x","age":-1}`:                        "must be >= 0" + params,
		`{"name":"x","age":151}`:                       "must be <= 150" + params,
		`{"name":"x","age":[]}`:                        "must be number" + params,
		`{"name":"x","share":1e999}`:                   "must be number" + params,
		`{"name":"x","share":-1.5e2}`:                  `{"name":"x","share":-150,"tone":"loud"}`,
		`{"name":"x","open":"true"}`:                   `{"name":"x","open":true,"tone":"loud"}`,
		`{"name":"x","open":1}`:                        `{"name":"x","open":true,"tone":"loud"}`,
		`{"name":"x","open":"yes"}`:                    "must be boolean" + params,
		`{"name":"x","tags":"a"}`:                      "must be array" + params,
		`{"name":"x","tags":["a",1]}`:                  `{"name":"x","tags":["a","1"],"tone":"loud"}`,
		`{"name":"x","tags":[]}`:                       "must NOT have fewer than 1 items" + params,
		`{"name":"x","tags":["a","b","c"]}`:            "must NOT have more than 2 items" + params,
		`{"name":"x","tags":["äöü"]}`:                  `{"name":"x","tags":["äöü"],"tone":"loud"}`,
		`{"name":"x","tags":["äöüß"]}`:                 "must NOT have more than 3 characters" + params,
		`{"name":"x","upsert":[{}]}`:                   "must have required property 'agentId'" + params,
		`{"name":"x","unit":{"a":1}}`:                  "must NOT have additional properties" + params,
		`{"name":"x","unit":null}`:                     `{"name":"x","tone":"loud"}`,
		`{"name":"x","fields":[]}`:                     "must be object" + params,
		`{"name":"x","fields":{"$a":[1,null]}}`:        `{"name":"x","fields":{"$a":[1,null]},"tone":"loud"}`,
		`{"name":"x","fields":{"a":1e999}}`:            "must be number" + params,
		`{"name":"x","at":"2024-10-15T04:52:42.123Z"}`: `{"name":"x","at":"2024-10-15T04:52:42.123Z","tone":"loud"}`,
		`{"name":"x","at":{"$date":1000}}`:             `{"name":"x","at":"1970-01-01T00:00:01.000Z","tone":"loud"}`,
		`{"name":"x","at":"soon"}`:                     `must match format "date-time"` + params,
		`{"name":"x","kind":"b"}`:                      `{"name":"x","kind":"b","tone":"loud"}`,
		`{"name":"x","kind":"c"}`:                      "must be equal to one of the allowed values" + params,
		`{"name":"x","code":"a1"}`:                     `must match pattern "^[0-9]+$"` + params,
		`{"name":"x","nick":"y"}`:                      "must NOT have fewer than 2 characters" + params,
		`{"name":"x","nick":"yy"}`:                     `{"name":"x","nick":"yy","tone":"loud"}`,
		`{"name":"x","raw":{"a":[1]}}`:                 `{"name":"x","raw":{"a":[1]},"tone":"loud"}`,
		`{"name":"x","anyhow":[true,"a"]}`:             `{"name":"x","anyhow":[true,"a"],"tone":"loud"}`,
		`{"name":"x","tone":"soft"}`:                   `{"name":"x","tone":"soft"}`,
	} {
		if got := bodyOf(t, row, body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
}

func TestBodyInMatchStyle(t *testing.T) {
	row := rest.Row("POST", "/x", rest.Public, "", echo[everything], rest.MatchErrors())
	for body, want := range map[string]string{
		``:                           "Match error: Missing key 'name'",
		`{}`:                         "Match error: Missing key 'name'",
		`[]`:                         "Match error: Expected object, got array",
		`{"name":false}`:             "Match error: Expected string, got boolean in field name",
		`{"name":null}`:              "Match error: Expected string, got null in field name",
		`{"name":"x","age":"7"}`:     "Match error: Expected number, got string in field age",
		`{"name":"x","age":1.5}`:     "Match error: Expected integer, got number in field age",
		`{"name":"x","open":1}`:      "Match error: Expected boolean, got number in field open",
		`{"name":"x","upsert":[{}]}`: "Match error: Missing key 'agentId' in field upsert[0]",
		`{"name":"x","upsert":[{"agentId":"a"},{"agentId":3}]}`: "Match error: Expected string, got number in field upsert[1].agentId",
		`{"name":"x","unit":{"_id":true}}`:                      "Match error: Expected string, got boolean in field unit._id",
		`{"name":"x","unit":{"a":1}}`:                           "Match error: Unknown key in field unit.a",
		`{"age":"7"}`:                                           "Match error: Expected number, got string in field age",
		`{"name":"x","kind":"c"}`:                               "Match error: Failed validation, value must be equal to one of the allowed values in field kind",
		`{"name":"x","fields":{"a":1}}`:                         `{"name":"x","fields":{"a":1},"tone":"loud"}`,
	} {
		if got := bodyOf(t, row, body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
		if w := call(api(row), "POST", "/x", body); strings.Contains(w.Body.String(), "errorType") {
			t.Errorf("%s: match errors have no errorType: %s", body, w.Body)
		}
	}
}

func TestStrictRefusesUnknownKeys(t *testing.T) {
	type lookup struct {
		Name string   `query:"name"`
		Tags []string `query:"tags"`
	}
	body := rest.Row("POST", "/x", rest.Public, "", echo[named], rest.Strict())
	if got := bodyOf(t, body, `{"name":"x","more":1}`); got != "must NOT have additional properties [invalid-params]" {
		t.Error(got)
	}
	match := rest.Row("POST", "/x", rest.Public, "", echo[named], rest.Strict(), rest.MatchErrors())
	if got := bodyOf(t, match, `{"more":1}`); got != "Match error: Unknown key in field more" {
		t.Error(got)
	}
	query := api(rest.Row("GET", "/x", rest.Public, "", echo[lookup], rest.Strict()))
	if w := call(query, "GET", "/x?name=a&more=1", ""); w.Code != 400 {
		t.Errorf("unknown parameter: got %d %s", w.Code, w.Body)
	}
	if w := call(query, "GET", "/x?name=a&tags[]=1", ""); w.Code != 200 {
		t.Errorf("known parameters: got %d %s", w.Code, w.Body)
	}
}

type search struct {
	Text      string         `query:"text"`
	Agents    []string       `query:"agents"`
	Open      *bool          `query:"open"`
	CreatedAt *span          `query:"createdAt"`
	Custom    map[string]any `query:"customFields"`
	At        clock.Instant  `query:"at"`
	rest.Page
}

type span struct {
	Start clock.Instant `json:"start,omitzero"`
	End   clock.Instant `json:"end,omitzero"`
}

func TestQuery(t *testing.T) {
	h := api(rest.Row("GET", "/x", rest.Public, "", echo[search]))
	const params = " [invalid-params]"
	for query, want := range map[string]string{
		"":                        `{"Count":50}`,
		"text=a%20b%2B":           `{"Text":"a b+","Count":50}`,
		"text=false":              `{"Text":"false","Count":50}`,
		"text[]=a":                "must be string" + params,
		"text[a]=b":               "must be string" + params,
		"text=a&text=b":           "must be string" + params,
		"agents[]=a&agents[]=b":   `{"Agents":["a","b"],"Count":50}`,
		"agents%5B%5D=a":          `{"Agents":["a"],"Count":50}`,
		"agents[1]=b&agents[0]=a": `{"Agents":["a","b"],"Count":50}`,
		"agents=a":                "must be array" + params,
		"agents=":                 "must be array" + params,
		"agents[x]=a":             "must be array" + params,
		"open=true":               `{"Open":true,"Count":50}`,
		"open=false":              `{"Open":false,"Count":50}`,
		"open=maybe":              "must be boolean" + params,
		`createdAt={"start":"2024-01-01T00:00:00Z"}`: `{"CreatedAt":{"start":"2024-01-01T00:00:00.000Z"},"Count":50}`,
		"createdAt={}":                      `{"CreatedAt":{},"Count":50}`,
		"createdAt=":                        `{"Count":50}`,
		"createdAt=yesterday":               "The parameter 'createdAt' is not valid JSON" + params,
		`createdAt="x"`:                     "must be object" + params,
		`customFields={"a":{"$regex":"."}}`: `{"Custom":{"a":{"$regex":"."}},"Count":50}`,
		"customFields=[]":                   "must be object" + params,
		"at=2024-01-01T00:00:00Z":           `{"At":"2024-01-01T00:00:00.000Z","Count":50}`,
		"at=1000":                           `{"At":"1970-01-01T00:00:01.000Z","Count":50}`,
		"at=never":                          `must match format "date-time"` + params,
		"offset=10&count=5":                 `{"Offset":10,"Count":5}`,
		"count=invalid":                     "must be number" + params,
		"count=1.5":                         "must be integer" + params,
		"offset=-1":                         "must be >= 0" + params,
		"count=99999999999999999999":        "must be integer" + params,
		`sort={"ts":-1,"name":1}`:           `{"Count":50,"Sort":[{"Field":"ts","Desc":true},{"Field":"name","Desc":false}]}`,
		`sort={"ts":2}`:                     `must match format "Sort"` + params,
		`sort={"ts":1,"ts":-1}`:             "The parameter 'sort' is contains a key twice" + params,
		`sort=` + keys(21):                  `must match format "Sort"` + params,
		`sort=ts`:                           "The parameter 'sort' is not valid JSON" + params,
		"sort[ts]=-1":                       "The parameter 'sort' is not valid JSON" + params,
		"customFields[a]=b":                 "The parameter 'customFields' is not valid JSON" + params,
		"text=%00":                          "must be valid UTF-8 without NUL characters" + params,
		"text=%ff":                          "must be valid UTF-8 without NUL characters" + params,
		"other=%ff":                         "must be valid UTF-8 without NUL characters" + params,
		"text=%zz":                          "The query string is not valid" + params,
	} {
		if got := compact(textOf(t, callQuery(h, query).Body.Bytes())); got != want {
			t.Errorf("%s:\n got %s\nwant %s", query, got, want)
		}
	}
}

// keys is an order by n different fields.
func keys(n int) string {
	var all []string
	for i := range n {
		all = append(all, `"f`+strconv.Itoa(i)+`":1`)
	}
	return "{" + strings.Join(all, ",") + "}"
}

// compact drops what a search did not set.
func compact(s string) string {
	for _, empty := range []string{`"Text":"",`, `"Agents":null,`, `"Open":null,`, `"CreatedAt":null,`, `"Custom":null,`, `"At":"1970-01-01T00:00:00.000Z",`, `"Offset":0,`, `,"Sort":null`} {
		s = strings.Replace(s, empty, "", 1)
	}
	return s
}

func TestParamErrors(t *testing.T) { // rest-api.md 12: department.listByIds
	row := rest.Row("GET", "/x", rest.Public, "", func(_ context.Context, r struct {
		IDs []string `query:"ids" required:"true"`
	}) (got, error) {
		return got{Got: strings.Join(r.IDs, " ")}, nil
	}, rest.ParamErrors())
	for query, want := range map[string]string{
		"": "The 'ids' param is required", "?ids=a": "The 'ids' param must be an array", "?ids[]=a&ids[]=b": "a b",
		"?ids[x]=a": "The 'ids' param must be an array",
	} {
		if text := textOf(t, call(api(row), "GET", "/x"+query, "").Body.Bytes()); text != want {
			t.Errorf("%s: %q, want %q", query, text, want)
		}
	}
}

func TestPageBounds(t *testing.T) {
	for count, want := range map[int64]int64{0: 100, 1: 1, 50: 50, 100: 100, 101: 100} {
		p := rest.Page{Count: count}
		if got := p.Limit(); got != want || p.Unlimited() != (count == 0) {
			t.Errorf("count %d: limit %d, unlimited %v", count, got, p.Unlimited())
		}
	}
}

func TestPathHeaderCookie(t *testing.T) {
	type request struct {
		ID     string `path:"id"`
		Number int    `path:"n"`
		Token  string `header:"x-visitor-token" required:"true"`
		Type   string `cookie:"rc_room_type"`
	}
	h := api(rest.Row("GET", "/x/{id}/{n}", rest.Public, "", echo[request]))
	for _, c := range []struct {
		path, headers, want string
	}{
		{"/x/a%20b%2Fc/7", "X-Visitor-Token: t", `{"ID":"a b/c","Number":7,"Token":"t","Type":""}`},
		{"/x/a/7", "Cookie: rc_room_type=l", "must have required property 'x-visitor-token' [invalid-params]"},
		{"/x/a/b", "X-Visitor-Token: t", "must be number [invalid-params]"},
		{"/x/%00/7", "X-Visitor-Token: t", "must be valid UTF-8 without NUL characters [invalid-params]"},
		{"/x/a/7", "X-Visitor-Token: \xff", "must be valid UTF-8 without NUL characters [invalid-params]"},
	} {
		if got := textOf(t, call(h, "GET", c.path, "", c.headers).Body.Bytes()); got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.path, c.headers, got, c.want)
		}
	}
}

func TestWholeBody(t *testing.T) {
	type request struct {
		Rows []entry `body:"whole"`
	}
	row := rest.Row("POST", "/x", rest.Public, "", echo[request])
	for body, want := range map[string]string{
		``:                    "must be array [invalid-params]",
		`{}`:                  "must be array [invalid-params]",
		`[{"agentId":"a"}]`:   `{"Rows":[{"agentId":"a"}]}`,
		`[{"agentId":"a"},1]`: "must be object [invalid-params]",
	} {
		if got := bodyOf(t, row, body); got != want {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}

func TestHostileBodies(t *testing.T) {
	row := rest.Row("POST", "/x", rest.Public, "", echo[named], rest.MaxBody(1000))
	h := api(row)
	for _, c := range []struct {
		name, body string
		status     int
	}{
		{"not JSON", `name=x`, 400},
		{"cut off", `{"name":"x"`, 400},
		{"two values", `{"name":"x"}{}`, 400},
		{"key twice", `{"name":"x","name":"y"}`, 400},
		{"key twice below an unknown one", `{"name":"x","o":{"a":1,"a":2}}`, 400},
		{"invalid UTF-8", "{\"name\":\"\xff\"}", 400},
		{"NUL escaped", `{"name":"\u0000"}`, 400},
		{"NUL raw", "{\"name\":\"\x00\"}", 400},
		{"too deep", `{"name":"x","o":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, 400},
		{"half a surrogate is replaced", `{"name":"\ud83d"}`, 200},
		{"too large", `{"name":"` + strings.Repeat("x", 1000) + `"}`, 413},
	} {
		if w := call(h, "POST", "/x", c.body); w.Code != c.status {
			t.Errorf("%s: got %d %s, want %d", c.name, w.Code, w.Body, c.status)
		}
	}
}

// rest-api.md 1.1: DELETE may carry a body, and a GET's is ignored.
func TestBodiesByMethod(t *testing.T) {
	h := api(
		rest.Row("DELETE", "/x", rest.Public, "", echo[named]),
		rest.Row("GET", "/x", rest.Public, "", whoami),
	)
	expect(t, call(h, "DELETE", "/x", `{"name":"y"}`), 200, `{"got":"{\"name\":\"y\"}","success":true}`)
	expect(t, call(h, "GET", "/x", `{}`), 200, `{"who":"","success":true}`)
	expect(t, call(h, "GET", "/x", `{{{`), 200, `{"who":"","success":true}`)
	if w := call(h, "HEAD", "/x", ""); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "25" {
		t.Errorf("HEAD: %d %q %v", w.Code, w.Body, w.Header())
	}
}

func TestMistakesInRowsPanicAtStart(t *testing.T) {
	type noRule struct {
		N int `json:"n" maxLength:"3"`
	}
	type noPath struct {
		ID string `path:"id"`
	}
	type badDefault struct {
		N int `query:"n" default:"x"`
	}
	for name, build := range map[string]func(){
		"a rule of text on a number":  func() { rest.Row("POST", "/x", rest.Public, "", echo[noRule]) },
		"a variable the path has not": func() { rest.Row("GET", "/x", rest.Public, "", echo[noPath]) },
		"a default of another type":   func() { rest.Row("GET", "/x", rest.Public, "", echo[badDefault]) },
		"a body on GET":               func() { rest.Row("GET", "/x", rest.Public, "", echo[named]) },
		"a request that is no struct": func() { rest.Row("GET", "/x", rest.Public, "", echo[string]) },
		"a bare response, not Plain": func() {
			rest.Row("GET", "/x", rest.Public, "", func(context.Context, struct{}) (int, error) { return 1, nil })
		},
		"two rows": func() {
			api(rest.Row("GET", "/x/{a}", rest.Public, "", whoami), rest.Row("GET", "/x/{a}", rest.Public, "", whoami))
		},
	} {
		func() {
			defer func() {
				if v := recover(); v == nil || !strings.Contains(fmt.Sprint(v), "/x") {
					t.Errorf("%s: panic %v, want one that names the row", name, v)
				}
			}()
			build()
		}()
	}
}
