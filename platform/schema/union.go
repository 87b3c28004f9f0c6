package schema

import (
	"encoding/json"
	"reflect"
	"slices"
)

// alternative is the tag of the pointers a union consists of: a struct all of whose
// fields carry it travels as the one that is set. The first is what a value is read as
// that has the form of none. Such a struct's MarshalJSON calls MarshalUnion. One that is
// a part of another one, as a caller wished it, has the tag "part": our own front ends
// make no such wishes, so their types leave it out.
const alternative = "alternative"

// MarshalUnion writes the alternative that is set.
func MarshalUnion(union any) ([]byte, error) {
	v := reflect.ValueOf(union)
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			return json.Marshal(v.Field(i).Interface())
		}
	}
	return []byte("null"), nil
}

func isUnion(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() > 0 && t.Field(0).Tag.Get(alternative) == "true"
}

func (c compiler) union(t reflect.Type) *Type {
	u := &Type{Kind: Union, Go: t}
	for i := range t.NumField() {
		w := walk{compiler: c, key: "json"}
		f := w.field(t.Field(i), t.Field(i).Name, "")
		f.Index = []int{i}
		u.Fields = append(u.Fields, f)
	}
	return u
}

func (t *Type) decodeUnion(v Value, dst reflect.Value, m Mode) *Problem {
	chosen := t.Fields[0]
	for _, f := range t.Fields[1:] {
		if (v.Kind == Object) == (f.Type.leaf().Kind == Object) && (v.Kind == Array) == (f.Type.array() != nil) {
			chosen = f
		}
	}
	return chosen.Type.Decode(v, dst.FieldByIndex(chosen.Index), m)
}

// whole are the forms that are not a part of another one.
func (t *Type) whole() []Field {
	return slices.DeleteFunc(slices.Clone(t.Fields), func(f Field) bool { return f.Tag.Get(alternative) == "part" })
}

// alternatives are forms of a union, as write writes them.
func alternatives[T any](forms []Field, write func(*Type) T) (all []T) {
	for _, f := range forms {
		all = append(all, write(f.Type))
	}
	return all
}
