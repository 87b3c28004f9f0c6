// Package schema reads Go structs with their tags once, at start, and gets from
// them everything that must agree with each other: decoding and validation of
// JSON and query text, JSON Schema, TypeScript, and the walk over tagged fields
// that settings are made of.
//
// It knows no HTTP and no chat. A Problem says what is wrong with an input and
// can be worded in the two styles of the compatible API.
//
// Field tags: required, minLength, maxLength (code points), min, max, minItems,
// maxItems, enum ("a,b"), pattern, default, doc, strict ("true": the object in
// this field refuses unknown keys), empty ("null": an empty text is no value),
// exact ("true": nothing is coerced), null ("true": an answer may have it as null),
// extra ("true", on a map with json:"-": it takes the object's unknown keys),
// alternative ("true", on each pointer of a struct: the value is one of them).
package schema

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// Kind is the shape of a value on the wire.
type Kind int

// The shapes. Values are Null, String, Boolean, Number, Array or Object; types are
// all but Null, and Custom ones decode themselves from JSON.
const (
	String Kind = iota
	Boolean
	Integer
	Number
	Array
	Object
	Map
	Any
	Pointer
	Custom
	Union
	Null
)

// Type is a compiled Go type.
type Type struct {
	Kind   Kind
	Go     reflect.Type
	Elem   *Type   // of Array, Map and Pointer
	Fields []Field // of Object; the alternatives of Union
	Format string  // of Custom types registered with Text
	Rules  Rules   // of scalars, and the item limits of arrays
	Strict bool    // of Object: unknown keys are refused

	index map[string]int
	extra *Field // of Object: takes unknown keys
}

// Of compiles a Go type by its json tags. It panics on what cannot be decoded,
// naming the type: a mistake of the program, found at start.
func Of(t reflect.Type) *Type { return compiler{}.compile(t) }

// For compiles T.
func For[T any]() *Type { return Of(reflect.TypeFor[T]()) }

// compiler remembers the structs seen so that recursive types end.
type compiler map[reflect.Type]*Type

var (
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	marshaler       = reflect.TypeFor[json.Marshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	rawMessage      = reflect.TypeFor[json.RawMessage]()
	timeType        = reflect.TypeFor[time.Time]()
)

func (c compiler) compile(t reflect.Type) *Type {
	if t.Kind() == reflect.Pointer {
		return &Type{Kind: Pointer, Go: t, Elem: c.compile(t.Elem())}
	}
	if t == rawMessage {
		return &Type{Kind: Any, Go: t}
	}
	if isUnion(t) {
		return c.union(t)
	}
	if isCustom(t) {
		return &Type{Kind: Custom, Go: t, Format: formatOf(t)}
	}
	switch t.Kind() {
	case reflect.Slice:
		return &Type{Kind: Array, Go: t, Elem: c.compile(t.Elem())}
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			panic(fmt.Sprintf("schema: %s: map keys must be text", t))
		}
		return &Type{Kind: Map, Go: t, Elem: c.compile(t.Elem())}
	case reflect.Struct:
		return c.object(t)
	case reflect.Interface:
		return &Type{Kind: Any, Go: t}
	default:
		return &Type{Kind: scalarKind(t), Go: t, Rules: Rules{Enum: enumOf(t)}}
	}
}

func (c compiler) object(t reflect.Type) *Type {
	if done, ok := c[t]; ok {
		return done
	}
	o := &Type{Kind: Object, Go: t}
	c[t] = o
	o.Fields = c.fields(t, "json")
	o.index = make(map[string]int, len(o.Fields))
	for i, f := range o.Fields {
		o.index[f.Name] = i
	}
	if f, ok := extraOf(t); ok {
		o.extra = &Field{Type: c.compile(f.Type), Index: f.Index}
	}
	return o
}

// extraOf is the field that takes unknown keys. A struct with one may write itself
// and is described by its fields all the same.
func extraOf(t reflect.Type) (reflect.StructField, bool) {
	if t.Kind() != reflect.Struct {
		return reflect.StructField{}, false
	}
	return t.FieldByNameFunc(func(name string) bool {
		f, ok := t.FieldByName(name)
		return ok && f.Tag.Get("extra") == "true"
	})
}

func isCustom(t reflect.Type) bool {
	if _, ok := extraOf(t); ok {
		return false
	}
	p := reflect.PointerTo(t)
	return t == timeType || p.Implements(unmarshaler) || p.Implements(textUnmarshaler) ||
		p.Implements(marshaler) || p.Implements(textMarshaler)
}

func scalarKind(t reflect.Type) Kind {
	switch t.Kind() {
	case reflect.String:
		return String
	case reflect.Bool:
		return Boolean
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return Integer
	case reflect.Float32, reflect.Float64:
		return Number
	default:
		panic(fmt.Sprintf("schema: %s cannot travel as JSON", t))
	}
}

// leaf is the scalar (or other innermost type) below pointers and arrays.
func (t *Type) leaf() *Type {
	for t.Kind == Pointer || t.Kind == Array {
		t = t.Elem
	}
	return t
}

// array is the array below pointers, or nil.
func (t *Type) array() *Type {
	for t.Kind == Pointer {
		t = t.Elem
	}
	if t.Kind == Array {
		return t
	}
	return nil
}

// word is the type's name in messages.
func (t *Type) word() string {
	switch t.Kind {
	case Pointer:
		return t.Elem.word()
	case Object, Map:
		return "object"
	case Boolean:
		return "boolean"
	case Integer, Number:
		return "number"
	case Array:
		return "array"
	default:
		return "string"
	}
}
