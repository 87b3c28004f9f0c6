package chat

import (
	"maps"
	"slices"

	"github.com/foyerchat/foyer/platform/clock"
)

// FieldScope says whose data a custom field is.
type FieldScope string

// The scopes: of a visitor it lasts, of a room it is one conversation's.
const (
	ScopeVisitor FieldScope = "visitor"
	ScopeRoom    FieldScope = "room"
)

// The words of a custom field's definition.
const (
	FieldVisible = "visible"
	FieldHidden  = "hidden"
	FieldInput   = "input"
	FieldSelect  = "select"
)

// CustomField defines data that visitors or rooms carry besides the built-in ones
// (custom-fields.md 2).
type CustomField struct {
	ID           FieldID       `json:"_id"`
	Label        string        `json:"label"`
	Scope        FieldScope    `json:"scope"`
	Visibility   string        `json:"visibility"`
	Regexp       string        `json:"regexp"`
	Searchable   bool          `json:"searchable"`
	Type         string        `json:"type"`
	Required     bool          `json:"required"`
	DefaultValue string        `json:"defaultValue"`
	Options      string        `json:"options"` // of a select, separated by commas
	Public       bool          `json:"public"`
	UpdatedAt    clock.Instant `json:"_updatedAt"`
}

// FieldWrite is a value for a custom field; without Overwrite a stored one stays.
type FieldWrite struct {
	Key       FieldID `json:"key" required:"true" maxLength:"255"`
	Value     string  `json:"value" required:"true" maxLength:"5000"`
	Overwrite bool    `json:"overwrite" required:"true"`
}

// FieldWrites are values written over stored ones by somebody.
type FieldWrites struct {
	Scope  FieldScope
	Stored map[string]string
	New    []FieldWrite
	// Trusted writers are staff; others write public fields only.
	Trusted bool
}

// WritesOf are values written over whatever is stored, in the order of their keys.
func WritesOf(data map[string]string) []FieldWrite {
	writes := make([]FieldWrite, 0, len(data))
	for _, key := range slices.Sorted(maps.Keys(data)) {
		writes = append(writes, FieldWrite{Key: FieldID(key), Value: data[key], Overwrite: true})
	}
	return writes
}
