package rest

import (
	"reflect"

	"github.com/foyerchat/foyer/platform/schema"
)

// response is the compiled type of what goes out; nil for what is not JSON.
func (e Endpoint) response() *schema.Type {
	if e.shape == binary {
		return nil
	}
	return schema.Of(e.out)
}

// content is the compiled type of the body; nil without any.
func (e Endpoint) content() *schema.Type {
	if e.plan.whole != nil {
		return e.plan.whole.Type
	}
	return e.plan.body
}

// collect finds the named types of all rows.
func collect(rows []Endpoint) *schema.Types {
	types := schema.NewTypes()
	for _, e := range rows {
		if t := e.response(); t != nil {
			types.Add(t, schema.Out)
		}
		if t := e.content(); t != nil {
			types.Add(t, schema.In)
		}
		for _, f := range e.plan.parameters() {
			types.Add(f.field.Type, schema.In)
		}
	}
	return types
}

// located is a field with the part of the request it comes from.
type located struct {
	field schema.Field
	in    string
}

func (p *plan) parameters() (out []located) {
	for _, group := range []struct {
		in     string
		fields []schema.Field
	}{{"path", p.variables}, {"query", p.query}, {"header", p.header}, {"cookie", p.cookie}} {
		for _, f := range group.fields {
			out = append(out, located{f, group.in})
		}
	}
	return out
}

// empty reports whether a response has no fields of its own.
func empty(t reflect.Type) bool { return t.Kind() == reflect.Struct && t.NumField() == 0 }
