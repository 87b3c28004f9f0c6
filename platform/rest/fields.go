package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/platform/schema"
)

// Fields says which fields of its items a list answers with: names with 1 (only these and
// _id) or 0 (all but these); a dot leads into an object. Empty is all.
type Fields struct {
	only bool // some are named with 1
	tree branch
}

// branch is a name's part of the choice: named itself, or what is chosen below it.
type branch struct {
	named, keep bool
	below       map[string]branch
}

// Choosing is embedded in the requests of lists whose items are answered in part.
type Choosing struct {
	Fields Fields `query:"fields" doc:"Field names with 1 (only these) or 0 (all but these), as a JSON object; a dot leads into an object."`
}

var errFields = errors.New("want an object of at most 100 field names with 1 or 0")

const mostFields = 100

// UnmarshalJSON reads {"field": 1 or 0, …}; true and false are 1 and 0.
func (f *Fields) UnmarshalJSON(b []byte) error {
	v, err := schema.Parse(b)
	if err != nil || v.Kind != schema.Object || len(v.Members) > mostFields {
		return errFields
	}
	*f = Fields{}
	for _, m := range v.Members {
		keep := string(m.Value.Raw) == "1" || string(m.Value.Raw) == "true"
		if !keep && string(m.Value.Raw) != "0" && string(m.Value.Raw) != "false" {
			return errFields
		}
		f.only = f.only || keep && (m.Name != "_id" || len(v.Members) == 1)
		f.tree.name(strings.Split(m.Name, "."), keep)
	}
	return nil
}

func (b *branch) name(path []string, keep bool) {
	if len(path) == 0 {
		b.named, b.keep = true, keep
		return
	}
	if b.below == nil {
		b.below = map[string]branch{}
	}
	next := b.below[path[0]]
	next.name(path[1:], keep)
	b.below[path[0]] = next
}

// Part is an item of a list, whole or with the fields that were asked for.
type Part[T any] struct {
	Whole  *T              `alternative:"true"`
	Chosen *map[string]any `alternative:"part"`
}

// MarshalJSON writes the one it is.
func (p Part[T]) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(p) }

// Parts are the items with the fields that were asked for.
func Parts[T any](items []T, f Fields) ([]Part[T], error) {
	out := make([]Part[T], len(items))
	for i := range items {
		if f.tree.below == nil {
			out[i].Whole = &items[i]
			continue
		}
		all, err := members(items[i])
		if err != nil {
			return nil, err
		}
		out[i].Chosen = &all
		f.choose(all, f.tree, true)
	}
	return out, nil
}

// members are an item as it travels.
func members(item any) (all map[string]any, err error) {
	text, err := json.Marshal(item)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return all, d.Decode(&all)
}

// choose takes from an object what is not wanted, also in what is below it.
func (f Fields) choose(object map[string]any, b branch, top bool) {
	for name, v := range object {
		next := b.below[name]
		switch {
		case next.named && next.keep, top && name == "_id" && !next.named:
		case next.below != nil && (inside(v) || !f.only):
			f.chooseIn(v, next)
		case next.named || f.only:
			delete(object, name)
		}
	}
}

// chooseIn chooses in an object, or in each one of an array.
func (f Fields) chooseIn(v any, b branch) {
	switch v := v.(type) {
	case map[string]any:
		f.choose(v, b, false)
	case []any:
		for _, item := range v {
			f.chooseIn(item, b)
		}
	}
}

// inside reports whether there is something below a value.
func inside(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}
