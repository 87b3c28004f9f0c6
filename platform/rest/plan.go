package rest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/schema"
)

// plan is how a request becomes a row's request struct; made once at start.
type plan struct {
	path, query, header, cookie []schema.Field
	variables                   []schema.Field // of the path, for the documentation
	body                        *schema.Type   // the fields with json tags, nil without any
	whole                       *schema.Field  // the field that is the whole body
	upload                      []int          // the index of the field that is an Upload, nil without any
	raw                         []int          // the index of the field that is a Raw, nil without any
	others                      []int          // the index of the field that takes the query's other keys, nil without any
	names                       map[string]bool
	match, strict, params       bool
	maxBody                     int64
}

// input is what of an HTTP request a plan reads.
type input struct {
	params   []param
	rawQuery string
	header   func(name string) string
	cookie   func(name string) string
	body     func(limit int64) ([]byte, error)
	upload   Upload
	kind     string // of the body, as Content-Type has it
}

type param struct{ name, value string }

func compile(e Endpoint) *plan {
	if e.in.Kind() != reflect.Struct {
		panic("the request must be a struct")
	}
	p := &plan{match: e.options.match, strict: e.options.strict, params: e.options.params, maxBody: e.options.maxBody}
	p.compilePath(e)
	p.compileQuery(e)
	p.header = schema.Fields(e.in, "header")
	p.cookie = schema.Fields(e.in, "cookie")
	p.compileBody(e)
	p.names = map[string]bool{}
	for _, f := range p.query {
		p.names[f.Name] = true
	}
	return p
}

// compileQuery finds the fields of the query; one named * is a map of texts that takes
// all keys that no other field reads.
func (p *plan) compileQuery(e Endpoint) {
	for _, f := range schema.Fields(e.in, "query") {
		if f.Name == "*" {
			p.others = f.Index
		} else {
			p.query = append(p.query, f)
		}
	}
}

// compilePath matches the path's variables with the fields that read them; those
// that no field reads are only described.
func (p *plan) compilePath(e Endpoint) {
	p.path = schema.Fields(e.in, "path")
	for segment := range strings.SplitSeq(e.Path, "/") {
		name, ok := variable(segment)
		if !ok {
			continue
		}
		name = strings.TrimSuffix(name, "...")
		f := schema.Field{Name: name, Type: schema.For[string]()}
		if i := slices.IndexFunc(p.path, func(f schema.Field) bool { return f.Name == name }); i >= 0 {
			f = p.path[i]
		}
		f.Required = true
		p.variables = append(p.variables, f)
	}
	for _, f := range p.path {
		if !slices.ContainsFunc(p.variables, func(v schema.Field) bool { return v.Name == f.Name }) {
			panic(fmt.Sprintf("the path has no {%s}", f.Name))
		}
	}
}

func (p *plan) compileBody(e Endpoint) {
	if whole := schema.Fields(e.in, "body"); len(whole) > 0 {
		p.whole = &whole[0]
	}
	if t := schema.Of(e.in); len(t.Fields) > 0 {
		p.body = t
	}
	for _, f := range reflect.VisibleFields(e.in) {
		switch f.Type {
		case reflect.TypeFor[Upload]():
			p.upload = f.Index
		case reflect.TypeFor[Raw]():
			p.raw = f.Index
		}
	}
	ways := 0
	for _, used := range []bool{p.body != nil, p.whole != nil, p.upload != nil, p.raw != nil} {
		if used {
			ways++
		}
	}
	if ways > 1 {
		panic("a body is either whole, fields, an upload or raw")
	}
	if ways == 1 && p.upload == nil && (e.Method == "GET" || e.Method == "HEAD") {
		panic("GET has no body")
	}
}

// fill reads the request into dst; errors are faults for the caller.
func (p *plan) fill(in *input, dst reflect.Value) error {
	if err := p.fillTexts(p.path, in.param, dst); err != nil {
		return err
	}
	if err := p.fillQuery(in.rawQuery, dst); err != nil {
		return err
	}
	if err := p.fillTexts(p.header, in.header, dst); err != nil {
		return err
	}
	if err := p.fillTexts(p.cookie, in.cookie, dst); err != nil {
		return err
	}
	return p.fillBody(in, dst)
}

func (in *input) param(name string) string {
	for i := range in.params {
		if in.params[i].name == name {
			return in.params[i].value
		}
	}
	return ""
}

// fillTexts reads fields from texts where empty means absent.
func (p *plan) fillTexts(fields []schema.Field, text func(string) string, dst reflect.Value) error {
	for i := range fields {
		f := &fields[i]
		t := text(f.Name)
		if t == "" {
			if err := p.fault(f.Absent(dst)); err != nil {
				return err
			}
			continue
		}
		if err := checkText(t); err != nil {
			return err
		}
		if err := p.fault(f.Decode(schema.TextValue(t), dst, schema.Mode{Coerce: true})); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) fillBody(in *input, dst reflect.Value) error {
	if p.upload != nil {
		dst.FieldByIndex(p.upload).Set(reflect.ValueOf(in.upload))
	}
	if p.raw != nil {
		body, err := in.body(p.maxBody)
		dst.FieldByIndex(p.raw).Set(reflect.ValueOf(Raw{Type: in.kind, Query: in.rawQuery, Body: body}))
		return err
	}
	if p.body == nil && p.whole == nil {
		return nil
	}
	raw, err := in.body(p.maxBody)
	if err != nil {
		return err
	}
	v, err := parseBody(raw, p.whole != nil)
	if err != nil {
		return err
	}
	mode := schema.Mode{Coerce: !p.match, Match: p.match, Strict: p.strict}
	if p.whole != nil {
		return p.fault(p.whole.Type.Decode(v, dst.FieldByIndex(p.whole.Index), mode))
	}
	return p.fault(p.body.Decode(v, dst, mode))
}

// parseBody reads JSON; no body at all is an empty object, or null where the body is
// something else.
func parseBody(raw []byte, whole bool) (schema.Value, error) {
	if len(raw) == 0 {
		if whole {
			return schema.Value{Kind: schema.Null}, nil
		}
		return schema.Value{Kind: schema.Object}, nil
	}
	v, err := schema.Parse(raw)
	if err != nil {
		return v, fault.New(fault.Invalid, "error-invalid-json", "The request body is "+err.Error())
	}
	return v, nil
}

// fault words a validation problem in the row's style.
func (p *plan) fault(problem *schema.Problem) error {
	switch {
	case problem == nil:
		return nil
	case p.match:
		return fault.Text(fault.Invalid, problem.MatchError())
	case p.params && problem.Rule == "required":
		return fault.Text(fault.Invalid, "The '"+problem.Name+"' param is required")
	case p.params && problem.Rule == "type" && problem.Want == "array":
		return fault.Text(fault.Invalid, "The '"+problem.Path+"' param must be an array")
	default:
		return fault.New(fault.Invalid, "invalid-params", problem.Error()).At(problem.Field())
	}
}
