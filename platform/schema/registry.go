package schema

import (
	"reflect"
	"sync"
)

// registered are what types alone do not tell: the values of named strings and
// the format of types that travel as text.
var registered struct {
	sync.RWMutex
	enums   map[reflect.Type][]string
	formats map[reflect.Type]string
}

// Enum registers the values a named string type may have: they are validated
// and become a union in TypeScript. Call it before the types are compiled.
func Enum[T ~string](values ...T) {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	registered.Lock()
	defer registered.Unlock()
	if registered.enums == nil {
		registered.enums = map[reflect.Type][]string{}
	}
	registered.enums[reflect.TypeFor[T]()] = texts
}

// Text registers a type that decodes itself from JSON text, with the JSON Schema
// format of that text ("date-time").
func Text[T any](format string) {
	registered.Lock()
	defer registered.Unlock()
	if registered.formats == nil {
		registered.formats = map[reflect.Type]string{}
	}
	registered.formats[reflect.TypeFor[T]()] = format
}

func enumOf(t reflect.Type) []string {
	registered.RLock()
	defer registered.RUnlock()
	return registered.enums[t]
}

func formatOf(t reflect.Type) string {
	if t == timeType {
		return "date-time"
	}
	registered.RLock()
	defer registered.RUnlock()
	return registered.formats[t]
}
