package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// document is the OpenAPI document as far as requests are made from it.
type document struct {
	t          *testing.T
	schemas    map[string]*shape
	operations []operation
	known      map[string]any // values by the name of the field or parameter, instead of samples
}

type operation struct {
	method, path, access string
	params               []parameter
	body                 *shape
}

type parameter struct {
	Name, In string
	Required bool
	Schema   *shape
	Content  map[string]struct{ Schema *shape }
}

// shape is a JSON Schema of the document.
type shape struct {
	Ref        string            `json:"$ref"`
	Type       string            `json:"type"`
	Format     string            `json:"format"`
	Pattern    string            `json:"pattern"`
	Enum       []string          `json:"enum"`
	Required   []string          `json:"required"`
	Properties map[string]*shape `json:"properties"`
	Additional json.RawMessage   `json:"additionalProperties"`
	Items      *shape            `json:"items"`
	AnyOf      []*shape          `json:"anyOf"`
	MinLength  *int              `json:"minLength"`
	MaxLength  *int              `json:"maxLength"`
	MinItems   *int              `json:"minItems"`
	MaxItems   *int              `json:"maxItems"`
	Minimum    *float64          `json:"minimum"`
	Maximum    *float64          `json:"maximum"`
}

// request is one that is made from the document, and why.
type request struct{ why, target, body string }

func readDocument(t *testing.T, text []byte) *document {
	t.Helper()
	var read struct {
		Paths map[string]map[string]struct {
			Access      string `json:"x-foyer-access"`
			Parameters  []parameter
			RequestBody struct {
				Content map[string]struct{ Schema *shape }
			}
		}
		Components struct{ Schemas map[string]*shape }
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	d := &document{t: t, schemas: read.Components.Schemas, known: map[string]any{}}
	for _, path := range slices.Sorted(maps.Keys(read.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(read.Paths[path])) {
			o := read.Paths[path][method]
			for i, p := range o.Parameters {
				o.Parameters[i].Name = strings.TrimSuffix(p.Name, "[]")
				if j, ok := p.Content["application/json"]; ok {
					o.Parameters[i].Schema = j.Schema
				}
			}
			d.operations = append(d.operations, operation{method: strings.ToUpper(method), path: path, access: o.Access,
				params: o.Parameters, body: o.RequestBody.Content["application/json"].Schema})
		}
	}
	return d
}

func (d *document) resolve(s *shape) *shape {
	for s != nil && (s.Ref != "" || len(s.AnyOf) > 0) {
		if s.Ref != "" {
			s = d.schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
		} else {
			s = s.AnyOf[0]
		}
	}
	return s
}

// candidates are tried where a text must match a pattern.
var candidates = []string{"a", "abc", "08:00", "sample-1", "https://example.com/", "a@example.com", "#112233", "1", "2026-01-01", "Etc/UTC", "+15550100"}

// sample is a value the schema allows, with all that is required; whole adds the rest.
func (d *document) sample(name string, s *shape, whole bool, depth int) any {
	s = d.resolve(s)
	if v, ok := d.known[name]; ok {
		return v
	}
	switch {
	case s == nil || s.Type == "":
		return "x"
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Format == "date-time":
		return "2026-01-01T00:00:00.000Z"
	case s.Type == "string":
		return d.text(name, s)
	case s.Type == "integer" || s.Type == "number":
		if s.Minimum != nil && *s.Minimum > 1 {
			return *s.Minimum
		}
		return 1
	case s.Type == "boolean":
		return true
	case s.Type == "array":
		if depth > 4 {
			return []any{}
		}
		return []any{d.sample("", s.Items, whole, depth+1)}
	}
	object := map[string]any{}
	for field, of := range s.Properties {
		if slices.Contains(s.Required, field) || whole && depth < 4 {
			object[field] = d.sample(field, of, whole, depth+1)
		}
	}
	return object
}

func (d *document) text(name string, s *shape) string {
	fits := func(text string) bool {
		n := len([]rune(text))
		return (s.MinLength == nil || n >= *s.MinLength) && (s.MaxLength == nil || n <= *s.MaxLength) &&
			(s.Pattern == "" || regexp.MustCompile(s.Pattern).MatchString(text))
	}
	for _, c := range append(candidates, strings.Repeat("x", 64)) {
		if fits(c) {
			return c
		}
	}
	d.t.Fatalf("no sample for %s, which must match %s", name, s.Pattern)
	return ""
}

// base is a request the document allows, as parts that can be changed.
type parts struct {
	path  map[string]string
	query url.Values
	body  any
}

func (d *document) base(o operation, whole bool) parts {
	p := parts{path: map[string]string{}, query: url.Values{}}
	for _, v := range o.params {
		switch {
		case v.In == "path":
			p.path[v.Name] = fmt.Sprint(d.sample(v.Name, v.Schema, false, 0))
		case v.In == "query" && (v.Required || whole || v.Name == "roomId"):
			d.put(p.query, v.Name, d.resolve(v.Schema), d.sample(v.Name, v.Schema, false, 0))
		}
	}
	if o.body != nil {
		p.body = d.sample("", o.body, whole, 0)
	}
	return p
}

// put writes a value into a query: arrays with brackets, objects as JSON text.
func (d *document) put(q url.Values, name string, s *shape, v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			q.Add(name+"[]", fmt.Sprint(item))
		}
	case map[string]any:
		text, _ := json.Marshal(v)
		q.Set(name, string(text))
	default:
		if s == nil || s.Type == "" {
			v = "{}"
		}
		q.Set(name, fmt.Sprint(v))
	}
}

func (p parts) request(o operation, why string) request {
	segments := strings.Split(o.path, "/")
	for i, s := range segments {
		if name, ok := strings.CutPrefix(s, "{"); ok {
			segments[i] = url.PathEscape(p.path[strings.TrimSuffix(name, "}")])
		}
	}
	r := request{why: why, target: strings.Join(segments, "/")}
	if len(p.query) > 0 {
		r.target += "?" + p.query.Encode()
	}
	if p.body != nil {
		text, _ := json.Marshal(p.body)
		r.body = string(text)
	}
	return r
}

// forbidden are requests the document does not allow, each wrong in one thing.
func (d *document) forbidden(o operation) (all []request) {
	for _, v := range o.params {
		s := d.resolve(v.Schema)
		if v.In == "query" {
			all = append(all, d.wrongQuery(o, v, s)...)
		}
		if v.In == "path" && s != nil && s.MaxLength != nil {
			p := d.base(o, false)
			p.path[v.Name] = strings.Repeat("x", *s.MaxLength+1)
			all = append(all, p.request(o, v.Name+" too long"))
		}
	}
	if o.body == nil {
		return all
	}
	d.walk(o.body, nil, 0, func(at []string, s *shape, required bool) {
		for why, wrong := range d.wrong(s) {
			p := d.base(o, true)
			if set(p.body, at, wrong) {
				all = append(all, p.request(o, strings.Join(at, ".")+" "+why))
			}
		}
		if required {
			p := d.base(o, true)
			if remove(p.body, at) {
				all = append(all, p.request(o, strings.Join(at, ".")+" missing"))
			}
		}
	})
	if body := d.resolve(o.body); string(body.Additional) == "false" {
		p := d.base(o, true)
		if set(p.body, []string{"notInTheDocument"}, 1) {
			all = append(all, p.request(o, "an extra key"))
		}
	}
	target := d.base(o, false).request(o, "").target
	for why, body := range map[string]string{
		"half an object": `{`, "two values": `{} {}`, "a key twice": `{"a":1,"a":2}`, "no UTF-8": "{\"a\":\"\xff\xfe\"}", "a NUL": `{"a":"\u0000"}`,
		"deep": strings.Repeat(`{"a":`, 100) + `1` + strings.Repeat(`}`, 100), "huge": huge,
	} {
		all = append(all, request{why: why, target: target, body: body})
	}
	if d.resolve(o.body).Type == "object" {
		for why, body := range map[string]string{"an array": `[]`, "a text": `"x"`, "a number": `3`} {
			all = append(all, request{why: "the body is " + why, target: target, body: body})
		}
	}
	return all
}

// huge is longer than any row takes.
var huge = `{"a":"` + strings.Repeat("x", 20<<20) + `"}`

func (d *document) wrongQuery(o operation, v parameter, s *shape) (all []request) {
	with := func(why string, change func(url.Values)) {
		p := d.base(o, false)
		for name := range p.query {
			if name == v.Name || name == v.Name+"[]" {
				delete(p.query, name)
			}
		}
		change(p.query)
		all = append(all, p.request(o, v.Name+" "+why))
	}
	if v.Required {
		with("missing", func(url.Values) {})
	}
	with("no UTF-8", func(q url.Values) { q.Set(v.Name, "\xff") })
	with("a NUL", func(q url.Values) { q.Set(v.Name, "a\x00b") })
	if s == nil || s.Type == "" || s.Type == "object" {
		return all
	}
	if s.Type == "array" {
		with("no array", func(q url.Values) { q.Set(v.Name, "x") })
		return all
	}
	with("an operator", func(q url.Values) { q.Set(v.Name+"[$ne]", "x") })
	with("an array", func(q url.Values) { q.Add(v.Name+"[]", "x") })
	for why, wrong := range d.wrong(s) {
		if text, ok := wrong.(string); ok {
			with(why, func(q url.Values) { q.Set(v.Name, text) })
		}
	}
	return all
}

// wrong are values the schema does not allow, also after texts, numbers and booleans
// have been turned into one another.
func (d *document) wrong(s *shape) map[string]any {
	out := map[string]any{}
	if s.Type == "" {
		return out
	}
	if s.Type != "object" {
		out["an operator"] = map[string]any{"$ne": nil}
	}
	if s.Type != "array" {
		out["an array"] = []any{"x"}
	}
	switch s.Type {
	case "object", "array":
		out["a text"] = "x"
	case "string":
		if s.MaxLength != nil && *s.MaxLength < 100_000 {
			out["too long"] = strings.Repeat("x", *s.MaxLength+1)
		}
		if s.MinLength != nil && *s.MinLength > 0 {
			out["too short"] = ""
		}
		if len(s.Enum) > 0 {
			out["not in the list"] = "surely-not"
		}
		if s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString("\u0001 ") {
			out["not as the pattern"] = "\u0001 "
		}
		if s.Format == "date-time" {
			out["no date"] = "yesterday"
		}
	case "integer", "number":
		out["no number"] = "x"
		if s.Maximum != nil {
			out["too large"] = fmt.Sprint(int64(*s.Maximum) + 1)
		}
		if s.Minimum != nil {
			out["too small"] = fmt.Sprint(int64(*s.Minimum) - 1)
		}
	case "boolean":
		out["neither true nor false"] = "perhaps"
	}
	if s.Type == "array" && s.MaxItems != nil && *s.MaxItems <= 1000 {
		out["too many"] = make([]any, *s.MaxItems+1)
	}
	return out
}

// walk visits every property of a body, three levels deep.
func (d *document) walk(s *shape, at []string, depth int, visit func(at []string, s *shape, required bool)) {
	s = d.resolve(s)
	if s == nil || depth == 3 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		of := d.resolve(s.Properties[name])
		if of == nil {
			continue
		}
		here := append(slices.Clone(at), name)
		visit(here, of, slices.Contains(s.Required, name))
		d.walk(of, here, depth+1, visit)
	}
}

func set(body any, at []string, v any) bool {
	object, ok := body.(map[string]any)
	if !ok {
		return false
	}
	if len(at) > 1 {
		return set(object[at[0]], at[1:], v)
	}
	object[at[0]] = v
	return true
}

func remove(body any, at []string) bool {
	object, ok := body.(map[string]any)
	if !ok {
		return false
	}
	if len(at) > 1 {
		return remove(object[at[0]], at[1:])
	}
	delete(object, at[0])
	return true
}

var hostile = []string{
	`' OR 1=1 --`, `{"$gt":""}`, `$where`, "../../etc/passwd", "%00%0d%0aSet-Cookie: a=b", "<script>alert(1)</script>", "\u202eevil\u2066", "a\r\nBcc: x@example.com",
	"{{7*7}}${7*7}", `(a+)+$`, `[`, `\`, `%`, `_`, "🧨👩‍👩‍👧‍👦", "-1", "99999999999999999999", "1e308", "NaN", "null", "undefined", strings.Repeat("é", 3000),
}

// hostile are requests of an allowed shape with contents that hope for a mistake.
func (d *document) hostile(o operation) (all []request) {
	for i, text := range hostile {
		p := d.base(o, i%2 == 0)
		for name := range p.path {
			p.path[name] = text
		}
		for _, v := range o.params {
			if s := d.resolve(v.Schema); v.In == "query" && s != nil && s.Type == "string" && len(s.Enum) == 0 {
				p.query.Set(v.Name, text)
			}
		}
		if p.body != nil && i > 0 {
			d.walk(o.body, nil, 0, func(at []string, s *shape, _ bool) {
				if s.Type == "string" && len(s.Enum) == 0 && s.Format == "" {
					set(p.body, at, text)
				}
			})
		}
		all = append(all, p.request(o, "hostile "+text[:min(len(text), 20)]))
	}
	return all
}
