package rest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// examples makes values of the kind a schema describes.
type examples struct {
	schemas object   // by name, for references
	inside  []string // the names whose examples are being made: a type within itself ends
}

// of is an example of a schema; false: there is none that ends. The field's name is what
// tells an address from a colour.
func (x examples) of(s object, field string) (any, bool) {
	if ref, ok := s["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/components/schemas/")
		if slices.Contains(x.inside, name) {
			return nil, false
		}
		return examples{x.schemas, append(slices.Clone(x.inside), name)}.of(x.schemas[name].(object), field)
	}
	if value, ok := s["const"]; ok {
		return value, true
	}
	if standard, ok := s["default"]; ok && standard != nil && s["type"] != "array" {
		return standard, true
	}
	if choice, ok := s["anyOf"].([]any); ok { // a value or null
		value, _ := x.of(choice[0].(object), field)
		return value, true
	}
	if parts, ok := s["allOf"].([]any); ok {
		return x.all(parts)
	}
	switch s["type"] {
	case "object":
		return x.object(s)
	case "array":
		return x.array(s, field), true
	case "string":
		return exampleText(s, field), true
	case "integer", "number":
		return exampleNumber(s), true
	case "boolean":
		return true, true
	default:
		return object{}, true
	}
}

func (x examples) all(parts []any) (any, bool) {
	out := object{}
	for _, part := range parts {
		value, ok := x.of(part.(object), "")
		if !ok {
			return nil, false
		}
		if fields, ok := value.(object); ok {
			maps.Copy(out, fields)
		}
	}
	return out, true
}

func (x examples) object(s object) (any, bool) {
	out := object{}
	properties, _ := s["properties"].(object)
	required, _ := s["required"].([]string)
	for name, p := range properties {
		value, ok := x.of(p.(object), name)
		if !ok && slices.Contains(required, name) {
			return nil, false
		}
		if ok {
			out[name] = value
		}
	}
	if more, ok := s["additionalProperties"].(object); ok && len(properties) == 0 {
		if value, ok := x.of(more, "value"); ok {
			out["key"] = value
		}
	}
	return out, true
}

func (x examples) array(s object, field string) any {
	if value, ok := x.of(s["items"].(object), strings.TrimSuffix(field, "s")); ok {
		return []any{value}
	}
	return []any{}
}

// meanings are texts by what stands in the names of their fields, the first that fits.
var meanings = [][2]string{
	{"timezone", "Europe/Prague"}, {"mail", "ann@example.com"}, {"address", "ann@example.com"}, {"username", "ann"}, {"phone", "+420123456789"}, {"url", "https://example.com/"}, {"uri", "https://example.com/"},
	{"color", "#C1272D"}, {"token", "q5s8XbZ2nV7kT4mC9"}, {"name", "Ann"}, {"msg", "Where is my parcel?"}, {"message", "Where is my parcel?"},
	{"language", "en"}, {"department", exampleID},
}

const exampleID = "Zk4tQ9vW2xN7mB3pL"

func exampleText(s object, field string) any {
	if all, ok := s["enum"].([]string); ok {
		return all[0]
	}
	switch s["format"] {
	case "date-time":
		return "2026-04-03T12:00:00.000Z"
	case nil:
	default:
		return ""
	}
	text, field := "text", strings.ToLower(field)
	if strings.HasSuffix(field, "id") {
		text = exampleID
	}
	for _, m := range meanings {
		if strings.Contains(field, m[0]) {
			text = m[1]
			break
		}
	}
	if pattern, ok := s["pattern"].(string); ok {
		text = matching(regexp.MustCompile(pattern), text)
	}
	if most, ok := s["maxLength"].(int); ok && len(text) > most {
		text = text[:most]
	}
	if least, ok := s["minLength"].(int); ok && len(text) < least {
		text += strings.Repeat("x", least-len(text))
	}
	return text
}

// matching is the text, or the first of some that have a form, that a pattern allows.
func matching(pattern *regexp.Regexp, text string) string {
	for _, try := range []string{text, "08:00"} {
		if pattern.MatchString(try) {
			return try
		}
	}
	return text
}

func exampleNumber(s object) any {
	if least, ok := s["minimum"].(float64); ok && least > 1 {
		return least
	}
	if most, ok := s["maximum"].(float64); ok && most < 1 {
		return most
	}
	return 1
}

// exemplified is a description of content with an example, if there is one.
func (x examples) exemplified(s object) object {
	content := jsonContent(s)
	if value, ok := x.of(s, ""); ok {
		content["application/json"].(object)["example"] = value
	}
	return content
}
