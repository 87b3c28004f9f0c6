package chat

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// readRegistry reads the tags of Settings; a wrong tag is a mistake in this
// package and stops the program.
func readRegistry() []Setting {
	t := reflect.TypeFor[Settings]()
	registry := make([]Setting, 0, t.NumField())
	for i := range t.NumField() {
		registry = append(registry, readSetting(t.Field(i), i))
	}
	return registry
}

func readDefaults() Settings {
	s := &Settings{}
	for _, d := range settingRegistry {
		s = d.With(s, d.Default)
	}
	return *s
}

func readSetting(f reflect.StructField, index int) Setting {
	d := Setting{
		ID: f.Tag.Get("json"), Group: "Omnichannel", Section: f.Tag.Get("section"), Doc: f.Tag.Get("doc"),
		Public: f.Tag.Get("public") == "true", Secret: f.Tag.Get("secret") == "true", Values: words(f.Tag.Get("enum")), field: index,
		min: number(f, "min", math.MinInt64), max: number(f, "max", math.MaxInt64),
		maxLength: int(number(f, "maxLength", 0)), format: f.Tag.Get("format"),
	}
	if g, ok := f.Tag.Lookup("group"); ok {
		d.Group = g
	}
	d.Type, d.Default = typeAndDefault(f)
	if d.Type == SettingString && len(d.Values) > 0 {
		d.Type = SettingSelect
	}
	return d
}

func typeAndDefault(f reflect.StructField) (SettingType, any) {
	text := f.Tag.Get("default")
	switch f.Type.Kind() {
	case reflect.Bool:
		return SettingBoolean, text == "true"
	case reflect.Int64:
		return SettingInt, number(f, "default", 0)
	case reflect.Slice:
		list := []string{}
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			panic("chat.Settings." + f.Name + ": the default is no JSON list")
		}
		return SettingMultiSelect, list
	case reflect.Struct:
		return SettingAsset, Asset{}
	default:
		if f.Tag.Get("format") == "color" {
			return SettingColor, text
		}
		return SettingString, text
	}
}

func words(list string) []string {
	if list == "" {
		return []string{}
	}
	return strings.Split(list, ",")
}

func number(f reflect.StructField, tag string, absent int64) int64 {
	text, ok := f.Tag.Lookup(tag)
	if !ok {
		return absent
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic("chat.Settings." + f.Name + ": tag " + tag + " is no number")
	}
	return n
}
