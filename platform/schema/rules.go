package schema

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rules are the bounds of a value; a nil bound is none. Lengths are code points.
type Rules struct {
	Enum                 []string
	MinLength, MaxLength *int
	MinItems, MaxItems   *int
	Min, Max             *float64
	Pattern              *regexp.Regexp
}

// applyRules puts the bounds of a field's tags where they act: limits of items on
// the array, all others on the innermost type.
func (t *Type) applyRules(tag reflect.StructTag) error {
	r, err := readRules(tag)
	if err != nil {
		return err
	}
	leaf := t.leaf()
	if a := t.array(); a != nil {
		a.Rules.MinItems, a.Rules.MaxItems = r.MinItems, r.MaxItems
	} else if r.MinItems != nil || r.MaxItems != nil {
		return fmt.Errorf("limits of items on %s", t.Go)
	}
	textual := r.MinLength != nil || r.MaxLength != nil || r.Pattern != nil || r.Enum != nil
	if textual && leaf.Kind != String {
		return fmt.Errorf("rules of text on %s", t.Go)
	}
	if (r.Min != nil || r.Max != nil) && leaf.Kind != Integer && leaf.Kind != Number {
		return fmt.Errorf("rules of numbers on %s", t.Go)
	}
	if textual || r.Min != nil || r.Max != nil {
		if r.Enum == nil {
			r.Enum = leaf.Rules.Enum
		}
		r.MinItems, r.MaxItems = nil, nil
		leaf.Rules = r
	}
	return nil
}

func readRules(tag reflect.StructTag) (r Rules, err error) {
	note := func(e error) { err = cmpErr(err, e) }
	r.MinLength, r.MaxLength = tagged(tag, "minLength", strconv.Atoi, note), tagged(tag, "maxLength", strconv.Atoi, note)
	r.MinItems, r.MaxItems = tagged(tag, "minItems", strconv.Atoi, note), tagged(tag, "maxItems", strconv.Atoi, note)
	r.Min, r.Max = tagged(tag, "min", parseFloat, note), tagged(tag, "max", parseFloat, note)
	if p := tagged(tag, "pattern", regexp.Compile, note); p != nil {
		r.Pattern = *p
	}
	if text := tag.Get("enum"); text != "" {
		r.Enum = strings.Split(text, ",")
	}
	return r, err
}

func tagged[T any](tag reflect.StructTag, key string, parse func(string) (T, error), note func(error)) *T {
	text, ok := tag.Lookup(key)
	if !ok {
		return nil
	}
	v, err := parse(text)
	if err != nil {
		note(fmt.Errorf("tag %s: %w", key, err))
	}
	return &v
}

func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

func parseFloat(s string) (float64, error) { return strconv.ParseFloat(s, 64) }

func (r *Rules) text(s string) *Problem {
	if r.Enum != nil && !slices.Contains(r.Enum, s) {
		return &Problem{Rule: "enum"}
	}
	if r.MinLength != nil || r.MaxLength != nil {
		n := utf8.RuneCountInString(s)
		if r.MinLength != nil && n < *r.MinLength {
			return &Problem{Rule: "minLength", Limit: strconv.Itoa(*r.MinLength)}
		}
		if r.MaxLength != nil && n > *r.MaxLength {
			return &Problem{Rule: "maxLength", Limit: strconv.Itoa(*r.MaxLength)}
		}
	}
	if r.Pattern != nil && !r.Pattern.MatchString(s) {
		return &Problem{Rule: "pattern", Limit: r.Pattern.String()}
	}
	return nil
}

func (r *Rules) number(n float64) *Problem {
	if r.Min != nil && n < *r.Min {
		return &Problem{Rule: "min", Limit: strconv.FormatFloat(*r.Min, 'f', -1, 64)}
	}
	if r.Max != nil && n > *r.Max {
		return &Problem{Rule: "max", Limit: strconv.FormatFloat(*r.Max, 'f', -1, 64)}
	}
	return nil
}

func (r *Rules) items(n int) *Problem {
	if r.MinItems != nil && n < *r.MinItems {
		return &Problem{Rule: "minItems", Limit: strconv.Itoa(*r.MinItems)}
	}
	if r.MaxItems != nil && n > *r.MaxItems {
		return &Problem{Rule: "maxItems", Limit: strconv.Itoa(*r.MaxItems)}
	}
	return nil
}
