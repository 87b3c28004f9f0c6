package schema

import (
	"cmp"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Direction says whether a type describes what comes in or what goes out: coming in,
// fields may be left out unless required; going out, those that are always written
// are always there.
type Direction bool

// The directions.
const (
	In  Direction = false
	Out Direction = true
)

// Types collects the named types that a set of types consists of, to write them as
// JSON Schema components or TypeScript declarations. Exported structs and named
// strings get a name; unexported structs are written where they are used.
type Types struct {
	found map[key]*Type
	names map[key]string
}

type key struct {
	t   reflect.Type
	dir Direction
}

// NewTypes makes an empty collection.
func NewTypes() *Types { return &Types{found: map[key]*Type{}} }

// Add collects the type and everything in it.
func (s *Types) Add(t *Type, dir Direction) {
	s.names = nil
	s.visit(t, dir, map[reflect.Type]bool{})
}

// visit walks down; inside are the structs it is in, to notice recursion.
func (s *Types) visit(t *Type, dir Direction, inside map[reflect.Type]bool) {
	k := key{t.Go, dir}
	switch t.Kind {
	case Pointer, Array, Map:
		s.visit(t.Elem, dir, inside)
	case Union:
		for _, f := range t.Fields {
			s.visit(f.Type, dir, inside)
		}
	case String, Custom:
		if t.Go.PkgPath() != "" && exported(t.Go) && (t.Kind == String || t.Format != "") {
			s.found[key{t.Go, Out}] = Of(t.Go) // a text is the same both ways, without a field's rules
		}
	case Object:
		if exported(t.Go) || inside[t.Go] {
			if s.found[k] != nil {
				return
			}
			s.found[k] = t
		}
		if inside[t.Go] {
			return
		}
		inside[t.Go] = true
		for _, f := range t.Fields {
			s.visit(f.Type, dir, inside)
		}
		delete(inside, t.Go)
	}
}

func exported(t reflect.Type) bool {
	r, _ := utf8.DecodeRuneInString(t.Name())
	return unicode.IsUpper(r)
}

// name is the name of a collected type, "" when it is written where it is used.
func (s *Types) name(t *Type, dir Direction) string {
	if s.names == nil {
		s.naming()
	}
	if t.Kind == String || t.Kind == Custom {
		dir = Out
	}
	return s.names[key{t.Go, dir}]
}

// reserved are names that mean something else where the types are written.
var reserved = []string{
	"Array", "Blob", "Boolean", "Date", "Endpoints", "Error", "Event", "Failure", "Map", "Number", "Object",
	"Promise", "Record", "Refusal", "Request", "Response", "Set", "String", "Success", "Symbol",
}

// naming gives every collected type its Go name. Two types of one name are told apart
// by their packages, as are reserved names, a type's two directions by "Input".
func (s *Types) naming() {
	owners := map[string]map[reflect.Type]bool{}
	for k := range s.found {
		base := baseName(k.t)
		if owners[base] == nil {
			owners[base] = map[reflect.Type]bool{}
		}
		owners[base][k.t] = true
	}
	s.names = map[key]string{}
	used := map[string]key{}
	for k := range s.found {
		name := baseName(k.t)
		if len(owners[name]) > 1 || slices.Contains(reserved, name) {
			name = upperFirst(path.Base(k.t.PkgPath())) + name
		}
		if k.dir == In && s.found[key{k.t, Out}] != nil {
			name += "Input"
		}
		if other, taken := used[name]; taken {
			panic(fmt.Sprintf("schema: %s and %s are both %s", other.t, k.t, name))
		}
		used[name] = k
		s.names[k] = name
	}
}

// baseName is the Go name; of Page[chat.Room] it is PageRoom.
func baseName(t reflect.Type) string {
	name, params, _ := strings.Cut(t.Name(), "[")
	for p := range strings.SplitSeq(strings.TrimSuffix(params, "]"), ",") {
		name += upperFirst(p[strings.LastIndexAny(p, "./")+1:])
	}
	return upperFirst(name)
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// named is a collected type with its name.
type named struct {
	name string
	t    *Type
	dir  Direction
}

func (s *Types) sorted() []named {
	if s.names == nil {
		s.naming()
	}
	var out []named
	for k, name := range s.names {
		out = append(out, named{name, s.found[k], k.dir})
	}
	slices.SortFunc(out, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	return out
}
