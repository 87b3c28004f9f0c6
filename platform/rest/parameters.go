package rest

import (
	"strings"

	"github.com/foyerchat/foyer/platform/schema"
)

// describeParameters lists the path variables, whether the request reads them or
// not, and the fields of query, header and cookie.
func (e Endpoint) describeParameters(types *schema.Types) (out []object) {
	read := map[string]bool{}
	for _, p := range e.plan.parameters() {
		if p.in == "path" {
			read[p.field.Name] = true
		}
		out = append(out, p.describe(types))
	}
	for segment := range strings.SplitSeq(e.Path, "/") {
		name, ok := variable(segment)
		if name = strings.TrimSuffix(name, "..."); ok && !read[name] {
			out = append(out, object{"name": name, "in": "path", "required": true, "schema": object{"type": "string"}})
		}
	}
	return out
}

func (l located) describe(types *schema.Types) object {
	s := types.Field(l.field, schema.In)
	out := object{"name": l.field.Name, "in": l.in}
	if l.field.Required || l.in == "path" {
		out["required"] = true
	}
	if l.field.Doc != "" {
		delete(s, "description")
		out["description"] = l.field.Doc
	}
	switch {
	case l.in == "query" && isArray(l.field.Type):
		out["name"] = l.field.Name + "[]"
		out["schema"] = s
	case l.in == "query" && l.field.Type.JSONText():
		out["content"] = jsonContent(s)
	default:
		out["schema"] = s
	}
	return out
}
