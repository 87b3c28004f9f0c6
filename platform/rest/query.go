package rest

import (
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/schema"
)

var errText = fault.New(fault.Invalid, "invalid-params", "must be valid UTF-8 without NUL characters")

// checkText refuses what no database stores.
func checkText(s string) error {
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		return errText
	}
	return nil
}

func (p *plan) fillQuery(raw string, dst reflect.Value) error {
	if len(p.query) == 0 && !(p.strict && p.body == nil && p.whole == nil) {
		return nil
	}
	q, err := parseQuery(raw)
	if err != nil {
		return err
	}
	if err := p.unknownQuery(q); err != nil {
		return err
	}
	for i := range p.query {
		if err := p.fillParameter(&p.query[i], q, dst); err != nil {
			return err
		}
	}
	return p.fillOthers(q, dst)
}

// fillOthers gives the request the keys of the query that no field reads, each a text.
func (p *plan) fillOthers(q url.Values, dst reflect.Value) error {
	if p.others == nil {
		return nil
	}
	others := map[string]string{}
	for key, values := range q {
		name, _, nested := strings.Cut(key, "[")
		switch {
		case p.names[name]:
		case nested || len(values) > 1:
			return p.fault(&schema.Problem{Rule: "type", Path: name, Want: "string", Got: "array"})
		default:
			others[key] = values[0]
		}
	}
	if len(others) > 0 {
		dst.FieldByIndex(p.others).Set(reflect.ValueOf(others))
	}
	return nil
}

func parseQuery(raw string) (url.Values, error) {
	if raw == "" {
		return nil, nil
	}
	q, err := url.ParseQuery(raw)
	if err != nil {
		return nil, fault.New(fault.Invalid, "invalid-params", "The query string is not valid")
	}
	for name, values := range q {
		if err := checkText(name); err != nil {
			return nil, err
		}
		for _, v := range values {
			if err := checkText(v); err != nil {
				return nil, err
			}
		}
	}
	return q, nil
}

func (p *plan) unknownQuery(q url.Values) error {
	if !p.strict || p.body != nil || p.whole != nil {
		return nil
	}
	for key := range q {
		if name, _, _ := strings.Cut(key, "["); !p.names[name] {
			return p.fault(&schema.Problem{Rule: "additional", Path: name})
		}
	}
	return nil
}

func (p *plan) fillParameter(f *schema.Field, q url.Values, dst reflect.Value) error {
	v, present, err := parameter(f, q)
	if err != nil {
		return err
	}
	if !present {
		return p.fault(f.Absent(dst))
	}
	return p.fault(f.Decode(v, dst, schema.Mode{Coerce: true, Match: p.match}))
}

// parameter is the value that a query gives a field. Several texts make an array,
// brackets with a name make an object: both are type errors for a scalar.
func parameter(f *schema.Field, q url.Values) (v schema.Value, present bool, err error) {
	plain := q[f.Name]
	items, nested := bracketed(f.Name, q)
	switch {
	case nested && f.Type.JSONText() && !isArray(f.Type): // its text is JSON: what stands in brackets would be no wish at all
		return v, false, unreadable(f, "not valid JSON")
	case nested:
		return schema.Value{Kind: schema.Object, Raw: []byte("{}")}, true, nil
	case len(items) > 0 || len(plain) > 1:
		return list(append(items, plain...)), true, nil
	case len(plain) == 0:
		return v, false, nil
	case isArray(f.Type) || !f.Type.JSONText():
		return schema.TextValue(plain[0]), true, nil
	case plain[0] == "":
		return v, false, nil
	}
	v, err = schema.Parse([]byte(plain[0]))
	if err != nil {
		return v, false, unreadable(f, err.Error())
	}
	return v, true, nil
}

func unreadable(f *schema.Field, why string) error {
	return fault.New(fault.Invalid, "invalid-params", "The parameter '"+f.Name+"' is "+why)
}

func isArray(t *schema.Type) bool {
	for t.Kind == schema.Pointer {
		t = t.Elem
	}
	return t.Kind == schema.Array
}

// bracketed collects name[]=… and name[0]=…; nested reports name[key]=….
func bracketed(name string, q url.Values) (items []string, nested bool) {
	items = append(items, q[name+"[]"]...)
	for key := range q {
		if !strings.HasPrefix(key, name+"[") || !strings.HasSuffix(key, "]") || key == name+"[]" {
			continue
		}
		if _, err := strconv.ParseUint(key[len(name)+1:len(key)-1], 10, 16); err != nil {
			return nil, true
		}
	}
	for i := 0; ; i++ {
		values := q[name+"["+strconv.Itoa(i)+"]"]
		if len(values) == 0 {
			return items, false
		}
		items = append(items, values...)
	}
}

func list(texts []string) schema.Value {
	v := schema.Value{Kind: schema.Array, Raw: []byte("[]"), Items: make([]schema.Value, len(texts))}
	for i, t := range texts {
		v.Items[i] = schema.TextValue(t)
	}
	return v
}
