package fields

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dlclark/regexp2"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
)

const (
	maxValue    = 1024                  // characters
	matchWithin = 50 * time.Millisecond // the most an administrator's pattern may cost
)

var (
	idForm     = regexp.MustCompile(`^[0-9A-Za-z_-]+$`)
	optionForm = regexp.MustCompile(`^[0-9A-Za-z_ -]+$`)
)

func invalid(code, message, field string) error {
	return fault.New(fault.Invalid, code, message).At("customFieldData." + field)
}

func errTaken() error {
	return invalid("error-custom-field-name-already-exists", "The name is in use", "field")
}

func errFixedName() error {
	return invalid("error-invalid-custom-field-name", "The name of a custom field stays as it is", "field")
}

func errValue(f chat.CustomField) error {
	return fault.New(fault.Invalid, "error-invalid-custom-field-value", "Invalid value for "+f.Label+" field").At(string(f.ID))
}

// cleaned is the definition as it is stored, or why it cannot be.
func cleaned(f chat.CustomField) (chat.CustomField, error) {
	f.Label, f.DefaultValue = strings.TrimSpace(f.Label), strings.TrimSpace(f.DefaultValue)
	f.Visibility = visibility(f.Visibility)
	f.Public = f.Public && f.Visibility == chat.FieldVisible
	if f.Type == "" {
		f.Type = chat.FieldInput
	}
	switch {
	case !idForm.MatchString(string(f.ID)):
		return f, invalid("error-invalid-custom-field-name", "A name has letters, digits, dashes and underscores", "field")
	case f.Label == "":
		return f, invalid("error-invalid-custom-field-label", "A label is needed", "label")
	case f.Regexp != "" && compile(f.Regexp) == nil:
		return f, invalid("error-invalid-custom-field-regexp", "The pattern is no regular expression", "regexp")
	}
	f.Options = strings.Join(options(f), ",")
	if f.Type == chat.FieldSelect && !usable(options(f)) {
		return f, invalid("error-invalid-custom-field-options", "Options are separated by commas and have letters, digits, dashes, underscores and blanks", "options")
	}
	if f.DefaultValue != "" && !fits(f, f.DefaultValue) {
		return f, invalid("error-invalid-custom-field-value", "The default is no value of the field", "defaultValue")
	}
	return f, nil
}

// visibility understands the other words callers have for it (rest-api.md 4.10).
func visibility(word string) string {
	if word == chat.FieldHidden || word == "private" || word == "false" {
		return chat.FieldHidden
	}
	return chat.FieldVisible
}

func options(f chat.CustomField) []string {
	var list []string
	for o := range strings.SplitSeq(f.Options, ",") {
		if o = strings.TrimSpace(o); o != "" && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}

func usable(options []string) bool {
	return len(options) > 0 && !slices.ContainsFunc(options, func(o string) bool { return !optionForm.MatchString(o) })
}

// open fields are a visitor's to fill.
func open(f chat.CustomField) bool { return f.Public && f.Visibility == chat.FieldVisible }

// fits reports whether a trimmed text is a value of the field.
func fits(f chat.CustomField, value string) bool {
	if utf8.RuneCountInString(value) > maxValue || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return false
	}
	if f.Type == chat.FieldSelect && !slices.Contains(options(f), value) {
		return false
	}
	return f.Regexp == "" || matches(f.Regexp, value)
}

func compile(pattern string) *regexp2.Regexp {
	re, err := regexp2.Compile(pattern, regexp2.ECMAScript)
	if err != nil {
		return nil
	}
	re.MatchTimeout = matchWithin
	return re
}

// matches is false, too, when the pattern takes too long.
func matches(pattern, value string) bool {
	re := compile(pattern)
	if re == nil {
		return false
	}
	ok, err := re.MatchString(value)
	return err == nil && ok
}
