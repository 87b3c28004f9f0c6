package schema

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
)

// Mode is how strictly a value is read.
type Mode struct {
	// Coerce turns scalars into one another: false into "false", "3" into 3.
	Coerce bool
	// Match checks in the order of pattern matchers: what is there first, then
	// what is missing. Otherwise what is missing comes first.
	Match bool
	// Strict refuses unknown keys in every object.
	Strict bool
}

// Decode validates a value and stores it in dst, which must be settable and of the
// type's Go type. A null leaves optional fields and pointers empty.
func (t *Type) Decode(v Value, dst reflect.Value, m Mode) *Problem {
	switch t.Kind {
	case String:
		return t.decodeString(v, dst, m)
	case Boolean:
		return t.decodeBool(v, dst, m)
	case Integer, Number:
		return t.decodeNumber(v, dst, m)
	case Array:
		return t.decodeArray(v, dst, m)
	case Object:
		return t.decodeObject(v, dst, m)
	case Map:
		return t.decodeMap(v, dst, m)
	case Pointer:
		return t.decodePointer(v, dst, m)
	case Custom:
		return t.decodeCustom(v, dst)
	case Union:
		return t.decodeUnion(v, dst, m)
	default:
		return t.decodeAny(v, dst)
	}
}

func (t *Type) mismatch(v Value) *Problem {
	return &Problem{Rule: "type", Want: t.word(), Got: v.word()}
}

func (t *Type) decodeString(v Value, dst reflect.Value, m Mode) *Problem {
	text := v.Text
	if v.Kind != String {
		if !m.Coerce || v.Kind != Boolean && v.Kind != Number {
			return t.mismatch(v)
		}
		text = string(v.Raw)
	}
	if p := t.Rules.text(text); p != nil {
		return p
	}
	dst.SetString(text)
	return nil
}

func (t *Type) decodeBool(v Value, dst reflect.Value, m Mode) *Problem {
	text := v.Text
	switch {
	case v.Kind == Boolean:
		dst.SetBool(v.bool())
		return nil
	case m.Coerce && v.Kind == Number:
		text = string(v.Raw)
	}
	switch {
	case m.Coerce && (text == "true" || text == "1"):
		dst.SetBool(true)
	case m.Coerce && (text == "false" || text == "0"):
		dst.SetBool(false)
	default:
		return t.mismatch(v)
	}
	return nil
}

func (t *Type) decodeNumber(v Value, dst reflect.Value, m Mode) *Problem {
	text, ok := numberText(v, m)
	if !ok {
		return t.mismatch(v)
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return t.mismatch(v)
	}
	if p := t.Rules.number(n); p != nil {
		return p
	}
	if t.Kind == Number {
		dst.SetFloat(n)
		return nil
	}
	if !setInteger(dst, text, n) {
		return &Problem{Rule: "integer"}
	}
	return nil
}

// numberText is the value as the text of a JSON number.
func numberText(v Value, m Mode) (string, bool) {
	switch {
	case v.Kind == Number:
		return string(v.Raw), true
	case m.Coerce && v.Kind == Boolean && v.bool():
		return "1", true
	case m.Coerce && v.Kind == Boolean:
		return "0", true
	case m.Coerce && v.Kind == String:
		p := parser{b: []byte(v.Text)}
		return v.Text, p.number() == nil && p.i == len(p.b)
	}
	return "", false
}

// setInteger stores a whole number in range; exactly, when written without exponent.
func setInteger(dst reflect.Value, text string, n float64) bool {
	i, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		if n != math.Trunc(n) || math.Abs(n) > 1<<53 {
			return false
		}
		i = int64(n)
	}
	if dst.CanInt() {
		dst.SetInt(i)
		return !dst.OverflowInt(i)
	}
	if i < 0 || dst.OverflowUint(uint64(i)) {
		return false
	}
	dst.SetUint(uint64(i))
	return true
}

func (t *Type) decodeArray(v Value, dst reflect.Value, m Mode) *Problem {
	if v.Kind != Array {
		return t.mismatch(v)
	}
	if p := t.Rules.items(len(v.Items)); p != nil {
		return p
	}
	list := reflect.MakeSlice(t.Go, len(v.Items), len(v.Items))
	for i := range v.Items {
		if p := t.Elem.Decode(v.Items[i], list.Index(i), m); p != nil {
			return p.under("[" + strconv.Itoa(i) + "]")
		}
	}
	dst.Set(list)
	return nil
}

func (t *Type) decodeMap(v Value, dst reflect.Value, m Mode) *Problem {
	if v.Kind != Object {
		return t.mismatch(v)
	}
	out := reflect.MakeMapWithSize(t.Go, len(v.Members))
	for i := range v.Members {
		elem := reflect.New(t.Elem.Go).Elem()
		if p := t.Elem.Decode(v.Members[i].Value, elem, m); p != nil {
			return p.under(v.Members[i].Name)
		}
		out.SetMapIndex(reflect.ValueOf(v.Members[i].Name).Convert(t.Go.Key()), elem)
	}
	dst.Set(out)
	return nil
}

func (t *Type) decodePointer(v Value, dst reflect.Value, m Mode) *Problem {
	if v.Kind == Null {
		return nil
	}
	target := reflect.New(t.Elem.Go)
	if p := t.Elem.Decode(v, target.Elem(), m); p != nil {
		return p
	}
	dst.Set(target)
	return nil
}

func (t *Type) decodeCustom(v Value, dst reflect.Value) *Problem {
	target := dst.Addr().Interface()
	if json.Unmarshal(v.JSON(), target) == nil {
		return nil
	}
	// A number in a query is a text; the type may want the number.
	if v.Raw == nil && json.Valid([]byte(v.Text)) && json.Unmarshal([]byte(v.Text), target) == nil {
		return nil
	}
	if t.Format == "" {
		return &Problem{Rule: "format", Limit: t.Go.Name()}
	}
	return &Problem{Rule: "format", Limit: t.Format}
}

func (t *Type) decodeAny(v Value, dst reflect.Value) *Problem {
	if t.Go == rawMessage {
		dst.SetBytes(append([]byte(nil), v.JSON()...))
		return nil
	}
	if t.Go.NumMethod() != 0 {
		return t.mismatch(v)
	}
	value, ok := v.Any()
	if !ok {
		return &Problem{Rule: "type", Want: "number", Got: "number"}
	}
	if value != nil {
		dst.Set(reflect.ValueOf(value))
	}
	return nil
}
