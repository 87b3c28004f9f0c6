package schema

import (
	"regexp"
	"strconv"
	"strings"
)

// Entry is one line of a typed map: a name and the type that belongs to it.
type Entry struct {
	Name string
	Doc  string
	Type *Type
	Dir  Direction
}

// TypeScript writes a module with the declarations of all types used and an interface
// that maps the entries' names to their types.
func TypeScript(title string, entries ...Entry) []byte {
	s := NewTypes()
	for _, e := range entries {
		s.Add(e.Type, e.Dir)
	}
	var b strings.Builder
	b.WriteString(GeneratedNotice)
	b.WriteString(s.Declarations())
	b.WriteString("export interface " + title + " {\n")
	for _, e := range entries {
		comment(&b, e.Doc, "  ")
		b.WriteString("  " + Property(e.Name) + ": " + s.Expression(e.Type, e.Dir, "  ") + ";\n")
	}
	b.WriteString("}\n")
	return []byte(b.String())
}

// GeneratedNotice is the first line of generated modules.
const GeneratedNotice = "// Code generated from the server's types; DO NOT EDIT.\n\n"

// Declarations are the exported declarations of all collected types, by name.
func (s *Types) Declarations() string {
	var b strings.Builder
	for _, n := range s.sorted() {
		switch {
		case n.t.Kind == Object:
			kind, is := "interface ", " "
			if len(n.t.Fields) == 0 { // an interface has no other form of "nothing in it"
				kind, is = "type ", " = "
			}
			b.WriteString("export " + kind + n.name + is + s.literal(n.t, n.dir, ""))
			b.WriteString("\n\n")
		case n.t.Format != "":
			b.WriteString("/** Text in the format " + n.t.Format + ". */\nexport type " + n.name + " = string;\n\n")
		default:
			b.WriteString("export type " + n.name + " = " + n.t.Rules.union("string") + ";\n\n")
		}
	}
	return b.String()
}

// Expression is the TypeScript type; indent is that of the line it is written in.
func (s *Types) Expression(t *Type, dir Direction, indent string) string {
	switch t.Kind {
	case Pointer:
		return s.Expression(t.Elem, dir, indent)
	case Array:
		elem := s.Expression(t.Elem, dir, indent)
		if strings.Contains(elem, "|") && !strings.HasPrefix(elem, "{") {
			elem = "(" + elem + ")"
		}
		return elem + "[]"
	case Map:
		return "Record<string, " + s.Expression(t.Elem, dir, indent) + ">"
	case Object:
		if name := s.name(t, dir); name != "" {
			return name
		}
		return s.literal(t, dir, indent)
	case Boolean:
		return "boolean"
	case Integer, Number:
		return "number"
	case String:
		if name := s.name(t, dir); name != "" {
			return name
		}
		return t.Rules.union("string")
	case Custom:
		return s.custom(t, dir)
	case Union:
		return strings.Join(alternatives(t.whole(), func(one *Type) string { return s.Expression(one, dir, indent) }), " | ")
	default:
		return "unknown"
	}
}

func (s *Types) custom(t *Type, dir Direction) string {
	switch name := s.name(t, dir); {
	case name != "":
		return name
	case t.Format != "":
		return "string"
	}
	return "unknown"
}

func (r *Rules) union(otherwise string) string {
	if len(r.Enum) == 0 {
		return otherwise
	}
	quoted := make([]string, len(r.Enum))
	for i, v := range r.Enum {
		quoted[i] = strconv.Quote(v)
	}
	return strings.Join(quoted, " | ")
}

func (s *Types) literal(t *Type, dir Direction, indent string) string {
	return s.Literal(t.Fields, dir, indent)
}

// Literal is the TypeScript object type of the fields.
func (s *Types) Literal(fields []Field, dir Direction, indent string) string {
	if len(fields) == 0 {
		return "Record<string, never>"
	}
	var b strings.Builder
	b.WriteString("{\n")
	for _, f := range fields {
		comment(&b, f.Doc, indent+"  ")
		b.WriteString(indent + "  " + Property(f.Name))
		if !f.always(dir) {
			b.WriteString("?")
		}
		b.WriteString(": " + s.Expression(f.Type, dir, indent+"  "))
		if f.nullable(dir) {
			b.WriteString(" | null")
		}
		b.WriteString(";\n")
	}
	b.WriteString(indent + "}")
	return b.String()
}

func comment(b *strings.Builder, text, indent string) {
	if text != "" {
		b.WriteString(indent + "/** " + strings.ReplaceAll(text, "*/", "* /") + " */\n")
	}
}

var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// Property is a property's name, quoted when it must be.
func Property(name string) string {
	if identifier.MatchString(name) {
		return name
	}
	return strconv.Quote(name)
}
