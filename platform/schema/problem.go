package schema

import "strings"

// Problem is what is wrong with an input. Rule is one of required, type,
// additional, format, integer and the names of the rule tags.
type Problem struct {
	Rule  string
	Path  string // where: "upsert[0].agentId"; of a missing key, the object it is missing in
	Name  string // of required: the missing key
	Want  string // of type
	Got   string // of type
	Limit string // the bound, pattern or format that is not kept
}

// Field is the field that is wrong: "upsert[0].agentId". It is "" of the whole input, and
// of what is missing, which Error names.
func (p *Problem) Field() string {
	if p.Rule == "required" {
		return ""
	}
	return p.Path
}

// under puts the problem inside a field or an item ("[0]").
func (p *Problem) under(segment string) *Problem {
	switch {
	case p.Path == "":
		p.Path = segment
	case p.Path[0] == '[':
		p.Path = segment + p.Path
	default:
		p.Path = segment + "." + p.Path
	}
	return p
}

// Error words the problem in the style of JSON Schema validators.
func (p *Problem) Error() string {
	switch p.Rule {
	case "required":
		return "must have required property '" + p.Name + "'"
	case "type":
		return "must be " + p.Want
	case "integer":
		return "must be integer"
	case "additional":
		return "must NOT have additional properties"
	case "enum":
		return "must be equal to one of the allowed values"
	case "minLength":
		return "must NOT have fewer than " + p.Limit + " characters"
	case "maxLength":
		return "must NOT have more than " + p.Limit + " characters"
	case "minItems":
		return "must NOT have fewer than " + p.Limit + " items"
	case "maxItems":
		return "must NOT have more than " + p.Limit + " items"
	case "min":
		return "must be >= " + p.Limit
	case "max":
		return "must be <= " + p.Limit
	case "format":
		return `must match format "` + p.Limit + `"`
	default:
		return `must match pattern "` + p.Limit + `"`
	}
}

// MatchError words the problem in the style of pattern matchers.
func (p *Problem) MatchError() string {
	var b strings.Builder
	b.WriteString("Match error: ")
	switch p.Rule {
	case "required":
		b.WriteString("Missing key '" + p.Name + "'")
	case "additional":
		b.WriteString("Unknown key")
	case "type":
		b.WriteString("Expected " + p.Want + ", got " + p.Got)
	case "integer":
		b.WriteString("Expected integer, got number")
	default:
		b.WriteString("Failed validation, value " + p.Error())
	}
	if p.Path != "" {
		b.WriteString(" in field " + p.Path)
	}
	return b.String()
}
