package rest

import "github.com/foyerchat/foyer/platform/schema"

// describeParameters lists the path variables and the fields of query, header and
// cookie.
func (e Endpoint) describeParameters(types *schema.Types) (out []object) {
	for _, p := range e.plan.parameters() {
		out = append(out, p.describe(types))
	}
	return out
}

func (l located) describe(types *schema.Types) object {
	s := types.Field(l.field, schema.In)
	out := object{"name": l.field.Name, "in": l.in}
	if l.field.Required {
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
