package schema

import "encoding/json"

// Components are the JSON Schemas of all collected structs by name.
func (s *Types) Components() map[string]any {
	out := map[string]any{}
	for _, n := range s.sorted() {
		if n.t.Kind == Object {
			out[n.name] = s.object(n.t, n.dir)
		}
	}
	return out
}

// Schema is the JSON Schema of a type, with references to the components.
func (s *Types) Schema(t *Type, dir Direction) map[string]any {
	switch t.Kind {
	case Pointer:
		return s.Schema(t.Elem, dir)
	case Array:
		return t.Rules.describe(map[string]any{"type": "array", "items": s.Schema(t.Elem, dir)})
	case Map:
		return map[string]any{"type": "object", "additionalProperties": s.Schema(t.Elem, dir)}
	case Object:
		if name := s.name(t, dir); name != "" {
			return map[string]any{"$ref": "#/components/schemas/" + name}
		}
		return s.object(t, dir)
	case Custom:
		if t.Format == "" {
			return map[string]any{}
		}
		return map[string]any{"type": "string", "format": t.Format}
	case Union:
		return map[string]any{"anyOf": alternatives(t.Fields, func(one *Type) any { return s.Schema(one, dir) })}
	case Any:
		return map[string]any{}
	case Integer:
		return t.Rules.describe(map[string]any{"type": "integer"})
	default:
		return t.Rules.describe(map[string]any{"type": t.word()})
	}
}

func (s *Types) object(t *Type, dir Direction) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, f := range t.Fields {
		properties[f.Name] = s.Field(f, dir)
		if f.always(dir) {
			required = append(required, f.Name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	if t.Strict {
		out["additionalProperties"] = false
	}
	if t.extra != nil {
		out["additionalProperties"] = s.Schema(t.extra.Type.Elem, dir)
	}
	return out
}

// Field is the JSON Schema of a field with its description and default.
func (s *Types) Field(f Field, dir Direction) map[string]any {
	out := s.Schema(f.Type, dir)
	if f.nullable(dir) {
		out = map[string]any{"anyOf": []any{out, map[string]any{"type": "null"}}}
	}
	if f.Doc != "" {
		out["description"] = f.Doc
	}
	if f.standard != nil && dir == In {
		out["default"] = f.Default()
	}
	return out
}

// always reports whether the field's key is in every object of this direction.
func (f Field) always(dir Direction) bool {
	if dir == In {
		return f.Required
	}
	return !f.Optional
}

// nullable reports whether the field can be null on the way out.
func (f Field) nullable(dir Direction) bool {
	return dir == Out && (f.Type.Kind == Pointer && !f.Optional || f.Tag.Get("null") == "true")
}

func (r *Rules) describe(out map[string]any) map[string]any {
	put(out, "minLength", r.MinLength)
	put(out, "maxLength", r.MaxLength)
	put(out, "minItems", r.MinItems)
	put(out, "maxItems", r.MaxItems)
	put(out, "minimum", r.Min)
	put(out, "maximum", r.Max)
	if r.Enum != nil {
		out["enum"] = r.Enum
	}
	if r.Pattern != nil {
		out["pattern"] = r.Pattern.String()
	}
	return out
}

func put[T any](out map[string]any, name string, bound *T) {
	if bound != nil {
		out[name] = *bound
	}
}

// JSONSchema is the JSON Schema of one field by itself, for forms.
func (f Field) JSONSchema() json.RawMessage {
	s := &Types{names: map[key]string{}}
	b, err := json.Marshal(s.Field(f, In))
	if err != nil {
		panic(err) // maps of plain values
	}
	return b
}
