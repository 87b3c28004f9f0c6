package schema

import (
	"fmt"
	"reflect"
	"strings"
)

// Field is one field of a struct under the name it has outside.
type Field struct {
	Name     string
	Doc      string
	Type     *Type
	Index    []int // for reflect's FieldByIndex
	Required bool
	Optional bool // left out of JSON when empty
	Tag      reflect.StructTag

	standard *Value // value of the default tag
	emptied  bool   // an empty text is no value
	exact    bool   // nothing is coerced
}

// transport are the tags that say a field does not travel in the JSON body.
var transport = []string{"path", "query", "header", "cookie", "body"}

// Fields lists the fields that carry the tag key, in the order of the source,
// looking into structs that do not carry it. With key "json" it lists what
// encoding/json would write, without the fields that travel elsewhere.
func Fields(t reflect.Type, key string) []Field { return compiler{}.fields(t, key) }

func (c compiler) fields(t reflect.Type, key string) []Field {
	w := walk{compiler: c, key: key, at: map[string]int{}}
	w.structure(t, nil)
	return w.fields
}

type walk struct {
	compiler
	key    string
	fields []Field
	at     map[string]int
}

func (w *walk) structure(t reflect.Type, index []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(append([]int(nil), index...), i)
		name, options, inside := w.place(f)
		switch {
		case inside:
			w.structure(f.Type, at)
		case name != "":
			w.add(w.field(f, name, options), at)
		}
	}
}

// place says under which name a field travels, or that its own fields do.
func (w *walk) place(f reflect.StructField) (name, options string, inside bool) {
	tag, tagged := f.Tag.Lookup(w.key)
	name, options, _ = strings.Cut(tag, ",")
	isStruct := f.Type.Kind() == reflect.Struct && !isCustom(f.Type)
	if w.key != "json" {
		return name, options, !tagged && isStruct && (f.IsExported() || f.Anonymous)
	}
	switch {
	case tag == "-" || !tagged && elsewhere(f):
		return "", "", false
	case f.Anonymous && name == "" && isStruct:
		return "", "", true
	case !f.IsExported():
		return "", "", false
	case f.Anonymous && name == "" && f.Type.Kind() == reflect.Pointer:
		panic(fmt.Sprintf("schema: embedded pointer %s", f.Name))
	case name == "":
		return f.Name, options, false
	}
	return name, options, false
}

func elsewhere(f reflect.StructField) bool {
	for _, key := range transport {
		if _, ok := f.Tag.Lookup(key); ok {
			return true
		}
	}
	return false
}

// add keeps the shallowest of two fields of one name, as encoding/json does.
func (w *walk) add(f Field, index []int) {
	f.Index = index
	if i, dup := w.at[f.Name]; dup {
		if old := w.fields[i]; len(old.Index) == len(index) {
			panic(fmt.Sprintf("schema: two fields %q", f.Name))
		} else if len(index) < len(old.Index) {
			w.fields[i] = f
		}
		return
	}
	w.at[f.Name] = len(w.fields)
	w.fields = append(w.fields, f)
}

func (w *walk) field(f reflect.StructField, name, options string) Field {
	t := w.compile(f.Type)
	if f.Tag.Get("strict") == "true" {
		strict := *t.leaf()
		strict.Strict = true
		t = rebuilt(t, &strict)
	}
	out := Field{
		Name: name, Doc: f.Tag.Get("doc"), Tag: f.Tag, Type: t,
		Required: f.Tag.Get("required") == "true",
		Optional: strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero"),
		emptied:  f.Tag.Get("empty") == "null",
		exact:    f.Tag.Get("exact") == "true",
	}
	if err := t.applyRules(f.Tag); err != nil {
		panic(fmt.Sprintf("schema: field %s: %v", name, err))
	}
	if text, ok := f.Tag.Lookup("default"); ok {
		v, err := parseDefault(t, text)
		if err == nil {
			_, err = out.decode(v)
		}
		if err != nil {
			panic(fmt.Sprintf("schema: field %s: default %q: %v", name, text, err))
		}
		out.standard = &v
	}
	return out
}

// rebuilt is t with another innermost type.
func rebuilt(t, leaf *Type) *Type {
	if t.Kind != Pointer && t.Kind != Array {
		return leaf
	}
	out := *t
	out.Elem = rebuilt(t.Elem, leaf)
	return &out
}

// Parse validates a JSON text against the field and returns it as the field's Go
// type. Nothing is coerced: a number is not a text here.
func (f Field) Parse(text []byte) (any, error) {
	v, err := Parse(text)
	if err != nil {
		return nil, err
	}
	into := reflect.New(f.Type.Go).Elem()
	if p := f.Type.Decode(v, into, Mode{}); p != nil {
		return nil, p
	}
	return into.Interface(), nil
}

// Default is the value of the default tag, or the type's zero value.
func (f Field) Default() any {
	if f.standard == nil {
		return reflect.Zero(f.Type.Go).Interface()
	}
	v, err := f.decode(*f.standard)
	if err != nil {
		panic(err) // decoded once already, when compiled
	}
	return v
}

func (f Field) decode(v Value) (any, error) {
	into := reflect.New(f.Type.Go).Elem()
	if p := f.Type.Decode(v, into, Mode{Coerce: true}); p != nil {
		return nil, p
	}
	return into.Interface(), nil
}

// Get reads the field out of a struct.
func (f Field) Get(structure any) any {
	return reflect.Indirect(reflect.ValueOf(structure)).FieldByIndex(f.Index).Interface()
}

// Set writes the field of a struct given by pointer; value has the field's Go type.
func (f Field) Set(pointer, value any) {
	reflect.ValueOf(pointer).Elem().FieldByIndex(f.Index).Set(reflect.ValueOf(value))
}

// Fill sets every field of a struct given by pointer to its default.
func Fill(pointer any, fields []Field) {
	for _, f := range fields {
		f.Set(pointer, f.Default())
	}
}
