package chat

import (
	"encoding/json"
	"fmt"
	"math"
	"net/mail"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SettingType is the kind of value a setting takes (settings.md 1.2).
type SettingType string

// The types of the settings that exist.
const (
	SettingBoolean     SettingType = "boolean"
	SettingInt         SettingType = "int"
	SettingString      SettingType = "string"
	SettingColor       SettingType = "color"
	SettingSelect      SettingType = "select"
	SettingMultiSelect SettingType = "multiSelect"
	SettingAsset       SettingType = "asset"
)

// Asset is the value of a setting that is a file: where it is, "" without one.
type Asset struct {
	URL        string `json:"url,omitempty"`
	DefaultURL string `json:"defaultUrl"`
}

// Setting describes one setting, from the tags of its field in Settings.
type Setting struct {
	ID      string
	Type    SettingType
	Group   string
	Section string
	Doc     string
	Public  bool
	Secret  bool     // written by administrators, shown to nobody
	Values  []string // of selects
	Default any      // bool, int64, string, []string or Asset

	min, max  int64
	maxLength int
	format    string
	field     int
}

var (
	settingRegistry = readRegistry()
	defaultSettings = readDefaults()
	cssColor        = regexp.MustCompile(`^(#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]{3,30}|(rgb|rgba|hsl|hsla)\([0-9.,%/ deg]{1,60}\))$`)
)

// AllSettings lists every setting in the order of the form.
func AllSettings() []Setting { return slices.Clone(settingRegistry) }

// SettingByID finds a setting.
func SettingByID(id string) (Setting, bool) {
	i := slices.IndexFunc(settingRegistry, func(s Setting) bool { return s.ID == id })
	if i < 0 {
		return Setting{}, false
	}
	return settingRegistry[i], true
}

// DefaultSettings is the snapshot of a new server.
func DefaultSettings() *Settings { s := defaultSettings; return &s }

// Value is the setting's value in s.
func (d Setting) Value(s *Settings) any { return reflect.ValueOf(s).Elem().Field(d.field).Interface() }

// SecretMask stands for a secret that is set. Sent back as a value it changes nothing.
const SecretMask = "********"

// Shown is the value as people may see it: SecretMask, or "" when a secret is not set.
func (d Setting) Shown(s *Settings) any { return d.Masked(d.Value(s)) }

// Masked is a value of this setting as people may see it.
func (d Setting) Masked(value any) any {
	if !d.Secret || value == "" {
		return value
	}
	return SecretMask
}

// With is a copy of s with the setting changed; value must come from Accept.
func (d Setting) With(s *Settings, value any) *Settings {
	next := *s
	reflect.ValueOf(&next).Elem().Field(d.field).Set(reflect.ValueOf(value))
	return &next
}

// Accept turns a JSON value into the setting's own type. A scalar of another
// type is taken when it can only mean one thing: "true" for a switch, "12" for a
// number, 5 for a text. The error says in words what is wrong.
func (d Setting) Accept(raw json.RawMessage) (any, error) {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("%s: not a JSON value", d.ID)
	}
	switch d.Type {
	case SettingBoolean:
		return d.acceptBool(v)
	case SettingInt:
		return d.acceptInt(v)
	case SettingMultiSelect:
		return d.acceptList(v)
	case SettingAsset:
		var a Asset
		err := json.Unmarshal(raw, &a)
		return a, err
	default:
		return d.acceptText(v)
	}
}

func (d Setting) refuse(wanted string) error { return fmt.Errorf("%s must be %s", d.ID, wanted) }

func (d Setting) acceptBool(v any) (any, error) {
	switch v := v.(type) {
	case bool:
		return v, nil
	case string:
		return v == "true" || v == "1", nil // any other text is off, as settings.md 4.2
	case float64:
		return v != 0, nil
	}
	return nil, d.refuse("true or false")
}

func (d Setting) acceptInt(v any) (any, error) {
	if s, ok := v.(string); ok {
		n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err != nil {
			return nil, d.refuse("a whole number")
		}
		v = n
	}
	n, ok := v.(float64)
	if !ok || n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return nil, d.refuse("a whole number")
	}
	if i := int64(n); i >= d.min && i <= d.max {
		return i, nil
	}
	return nil, d.refuse(fmt.Sprintf("between %d and %d", d.min, d.max))
}

func (d Setting) acceptText(v any) (any, error) {
	switch v := v.(type) {
	case string:
		return d.checkText(v)
	case bool:
		return d.checkText(strconv.FormatBool(v))
	case float64:
		return d.checkText(strconv.FormatFloat(v, 'f', -1, 64))
	}
	return nil, d.refuse("text")
}

func (d Setting) checkText(s string) (any, error) {
	if d.format != "" {
		s = strings.TrimSpace(s)
	}
	switch {
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return nil, d.refuse("text without control characters")
	case d.maxLength > 0 && utf8.RuneCountInString(s) > d.maxLength:
		return nil, d.refuse(fmt.Sprintf("at most %d characters long", d.maxLength))
	case d.Type == SettingSelect && !slices.Contains(d.Values, s):
		return nil, d.refuse("one of " + strings.Join(d.Values, ", "))
	case d.Type == SettingColor && s != "" && !cssColor.MatchString(s):
		return nil, d.refuse("a CSS colour")
	case s != "" && !formats[d.format].holds(s):
		return nil, d.refuse(formats[d.format].wanted)
	}
	return s, nil
}

// formats are what a text must be beyond text.
var formats = map[string]struct {
	holds  func(s string) bool
	wanted string
}{
	"":          {func(string) bool { return true }, ""},
	"color":     {func(string) bool { return true }, ""}, // a type of its own
	"url":       {isWebAddress, "an http or https address"},
	"target":    {func(s string) bool { return isWebAddress(s) || isNumber(s) }, "an http or https address"}, // rest-api.md 22: a number is taken
	"address":   {isMailAddress, "an e-mail address"},
	"addresses": {areMailAddresses, "e-mail addresses, separated by commas"},
	"jwk":       {func(s string) bool { return s == SecretMask || isFrameKey(s) }, "a 256-bit AES key as a JSON Web Key"},
	"port":      {isPort, "a port: a number from 1 to 65535"},
}

func isMailAddress(s string) bool {
	_, err := mail.ParseAddress(s)
	return err == nil && !strings.ContainsFunc(s, unicode.IsControl)
}

func areMailAddresses(s string) bool {
	_, err := mail.ParseAddressList(s)
	return err == nil && !strings.ContainsFunc(s, unicode.IsControl)
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

func isFrameKey(s string) bool {
	_, err := FrameKey(s)
	return err == nil
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func isNumber(s string) bool {
	return strings.Trim(s, "0123456789.-") == "" && json.Valid([]byte(s))
}

func (d Setting) acceptList(v any) (any, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, d.refuse("a list")
	}
	accepted := []string{}
	for _, item := range list {
		s, ok := item.(string)
		if !ok || !slices.Contains(d.Values, s) {
			return nil, d.refuse("a list of " + strings.Join(d.Values, ", "))
		}
		if !slices.Contains(accepted, s) {
			accepted = append(accepted, s)
		}
	}
	return accepted, nil
}

// Position is the setting's place in the form.
func (d Setting) Position() int { return d.field }

// Bounds are the least and the most of a number; nil: no bound.
func (d Setting) Bounds() (least, most *int64) {
	if d.Type != SettingInt {
		return nil, nil
	}
	if d.min != math.MinInt64 {
		least = &d.min
	}
	if d.max != math.MaxInt64 {
		most = &d.max
	}
	return least, most
}
