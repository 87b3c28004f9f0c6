package schema

import (
	"bytes"
	"encoding/json"
)

// Dated is the JSON text of v, a value of this type, with every date written by date,
// which gets the date's JSON text. A date is what a registered Text type of format
// "date-time" wrote; in places without a type nothing is a date.
func (t *Type) Dated(v Value, date func(text []byte) []byte) []byte {
	var b bytes.Buffer
	t.dated(&b, v, date)
	return b.Bytes()
}

func (t *Type) dated(b *bytes.Buffer, v Value, date func([]byte) []byte) {
	for t != nil && t.Kind == Pointer {
		t = t.Elem
	}
	switch {
	case t == nil:
		b.Write(v.JSON())
	case t.Kind == Custom && t.Format == "date-time" && v.Kind == String:
		b.Write(date(v.JSON()))
	case v.Kind == Array:
		t.datedItems(b, v, date)
	case v.Kind == Object:
		t.datedMembers(b, v, date)
	default:
		b.Write(v.JSON())
	}
}

func (t *Type) datedItems(b *bytes.Buffer, v Value, date func([]byte) []byte) {
	b.WriteByte('[')
	for i, item := range v.Items {
		if i > 0 {
			b.WriteByte(',')
		}
		t.Elem.dated(b, item, date)
	}
	b.WriteByte(']')
}

func (t *Type) datedMembers(b *bytes.Buffer, v Value, date func([]byte) []byte) {
	b.WriteByte('{')
	for i, m := range v.Members {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.Name)
		if err != nil {
			panic(err) // a string always marshals
		}
		b.Write(name)
		b.WriteByte(':')
		t.member(m.Name).dated(b, m.Value, date)
	}
	b.WriteByte('}')
}

// member is the type of an object's member, nil when it has none.
func (t *Type) member(name string) *Type {
	if i, ok := t.index[name]; ok {
		return t.Fields[i].Type
	}
	return t.Elem // of a map
}
