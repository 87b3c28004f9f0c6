package schema

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Value is a parsed JSON value, or a text of a query that stands for one.
type Value struct {
	Kind    Kind
	Text    string   // of String, decoded
	Raw     []byte   // the JSON text; shared with the input, nil for texts of a query
	Items   []Value  // of Array
	Members []Member // of Object, in their order, no name twice
}

// Member is a name and its value in an object.
type Member struct {
	Name  string
	Value Value
}

// TextValue is a text that did not come as JSON.
func TextValue(s string) Value { return Value{Kind: String, Text: s} }

// parseDefault reads the text of a default tag: JSON for objects, maps and types that
// decode themselves, JSON or "a,b" for arrays, the text itself for the rest.
func parseDefault(t *Type, text string) (Value, error) {
	switch {
	case t.array() != nil && !strings.HasPrefix(text, "["):
		return listed(text), nil
	case t.JSONText():
		return Parse([]byte(text))
	}
	return TextValue(text), nil
}

func listed(text string) Value {
	v := Value{Kind: Array, Raw: []byte("[]")}
	for item := range strings.SplitSeq(text, ",") {
		if item != "" {
			v.Items = append(v.Items, TextValue(item))
		}
	}
	return v
}

// JSONText reports whether a query carries values of this type as JSON text.
func (t *Type) JSONText() bool {
	switch t.Kind {
	case Pointer:
		return t.Elem.JSONText()
	case Object, Map, Any, Array:
		return true
	case Custom:
		return t.Format == ""
	default:
		return false
	}
}

func (v Value) bool() bool { return len(v.Raw) == 4 } // true has four letters, false five

func (v Value) float() (float64, error) { return strconv.ParseFloat(string(v.Raw), 64) }

// JSON is the value as JSON text.
func (v Value) JSON() []byte {
	if v.Raw == nil {
		text, err := json.Marshal(v.Text)
		if err != nil {
			panic(err) // a string always marshals
		}
		return text
	}
	return v.Raw
}

// Any is the value as encoding/json would decode it into an interface; ok is false
// when a number is out of range.
func (v Value) Any() (value any, ok bool) {
	switch v.Kind {
	case String:
		return v.Text, true
	case Boolean:
		return v.bool(), true
	case Number:
		n, err := v.float()
		return n, err == nil
	case Array:
		return v.list()
	case Object:
		return v.dictionary()
	default:
		return nil, true
	}
}

func (v Value) list() (any, bool) {
	out := make([]any, len(v.Items))
	for i, item := range v.Items {
		var ok bool
		if out[i], ok = item.Any(); !ok {
			return nil, false
		}
	}
	return out, true
}

func (v Value) dictionary() (any, bool) {
	out := make(map[string]any, len(v.Members))
	for _, m := range v.Members {
		var ok bool
		if out[m.Name], ok = m.Value.Any(); !ok {
			return nil, false
		}
	}
	return out, true
}

// word is the value's type in messages.
func (v Value) word() string {
	switch v.Kind {
	case String:
		return "string"
	case Boolean:
		return "boolean"
	case Number:
		return "number"
	case Array:
		return "array"
	case Object:
		return "object"
	default:
		return "null"
	}
}
