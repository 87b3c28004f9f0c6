package schema

import "reflect"

func (t *Type) decodeObject(v Value, dst reflect.Value, m Mode) *Problem {
	if v.Kind != Object {
		return t.mismatch(v)
	}
	for i := range t.Fields {
		if std := t.Fields[i].standard; std != nil {
			t.Fields[i].Set(dst.Addr().Interface(), t.Fields[i].Default())
		}
	}
	if m.Match {
		return t.matchObject(v, dst, m)
	}
	if p := t.missing(v); p != nil {
		return p
	}
	if p := t.unknown(v, m); p != nil {
		return p
	}
	return t.members(v, dst, m)
}

// matchObject checks the members in their order, and then for missing ones.
func (t *Type) matchObject(v Value, dst reflect.Value, m Mode) *Problem {
	for i := range v.Members {
		name := v.Members[i].Name
		at, known := t.index[name]
		if !known {
			if t.Strict || m.Strict {
				return (&Problem{Rule: "additional"}).under(name)
			}
			continue
		}
		if p := t.Fields[at].Decode(v.Members[i].Value, dst, m); p != nil {
			return p
		}
	}
	return t.missing(v)
}

func (t *Type) members(v Value, dst reflect.Value, m Mode) *Problem {
	extra := Value{Kind: Object}
	for i := range v.Members {
		at, known := t.index[v.Members[i].Name]
		if !known {
			extra.Members = append(extra.Members, v.Members[i])
		} else if p := t.Fields[at].Decode(v.Members[i].Value, dst, m); p != nil {
			return p
		}
	}
	if t.extra == nil {
		return nil
	}
	return t.extra.Type.Decode(extra, dst.FieldByIndex(t.extra.Index), m)
}

func (t *Type) missing(v Value) *Problem {
	for i := range t.Fields {
		if t.Fields[i].Required && !v.has(t.Fields[i].Name) {
			return &Problem{Rule: "required", Name: t.Fields[i].Name}
		}
	}
	return nil
}

func (t *Type) unknown(v Value, m Mode) *Problem {
	if !t.Strict && !m.Strict {
		return nil
	}
	for i := range v.Members {
		if _, known := t.index[v.Members[i].Name]; !known {
			return (&Problem{Rule: "additional"}).under(v.Members[i].Name)
		}
	}
	return nil
}

func (v Value) has(name string) bool {
	for i := range v.Members {
		if v.Members[i].Name == name {
			return true
		}
	}
	return false
}

// Decode validates a value and stores it in the field of the struct dst. A null
// leaves an optional field as it is and is no value for a required one.
func (f *Field) Decode(v Value, dst reflect.Value, m Mode) *Problem {
	if f.emptied && v.Kind == String && v.Text == "" {
		v = Value{Kind: Null, Raw: []byte("null")}
	}
	if v.Kind == Null && f.Type.Kind != Any {
		if f.Required {
			return f.Type.mismatch(v).under(f.Name)
		}
		return nil
	}
	m.Coerce = m.Coerce && !f.exact
	if p := f.Type.Decode(v, dst.FieldByIndex(f.Index), m); p != nil {
		return p.under(f.Name)
	}
	return nil
}

// Absent stores the field's default, or names the field as missing.
func (f *Field) Absent(dst reflect.Value) *Problem {
	switch {
	case f.Required:
		return &Problem{Rule: "required", Name: f.Name}
	case f.standard != nil:
		dst.FieldByIndex(f.Index).Set(reflect.ValueOf(f.Default()))
	}
	return nil
}
