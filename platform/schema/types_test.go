package schema_test

import (
	"reflect"
	"testing"

	"github.com/foyerchat/foyer/platform/schema"
)

type Level string

type Node struct {
	Level    Level            `json:"level"`
	Children []Node           `json:"children,omitempty"`
	Either   []*Level         `json:"either"`
	Sides    map[string][]any `json:"odd-name" doc:"Ends */ here."`
	Loop     *loop            `json:"loop"`
}

type loop struct {
	Again *loop `json:"again,omitempty"`
}

type Pair[T any] struct {
	One T `json:"one"`
}

const module = `// Code generated from the server's types; DO NOT EDIT.

export type Level = "low" | "high";

export interface Loop {
  again?: Loop;
}

export interface Node {
  level: Level;
  children?: Node[];
  either: Level[];
  /** Ends * / here. */
  "odd-name": Record<string, unknown[]>;
  loop: Loop | null;
}

export interface PairNode {
  one: Node;
}

export interface Events {
  /** A thing happened. */
  "thing.happened": Node;
  pair: PairNode;
  choice: "a" | "b";
}
`

func TestTypeScriptOfEvents(t *testing.T) {
	schema.Enum[Level]("low", "high")
	type choice struct {
		C string `json:"c" enum:"a,b"`
	}
	got := string(schema.TypeScript("Events",
		schema.Entry{Name: "thing.happened", Doc: "A thing happened.", Type: schema.For[Node](), Dir: schema.Out},
		schema.Entry{Name: "pair", Type: schema.For[Pair[Node]](), Dir: schema.Out},
		schema.Entry{Name: "choice", Type: schema.Fields(reflect.TypeFor[choice](), "json")[0].Type, Dir: schema.Out},
	))
	if got != module {
		t.Errorf("got\n%s\nwant\n%s", got, module)
	}
}

// Two packages may use one name, or a name that is TypeScript's; they then carry
// their package's.
func TestNamesAreToldApart(t *testing.T) {
	s := schema.NewTypes()
	s.Add(schema.For[Member](), schema.Out)
	s.Add(schema.For[schema.Member](), schema.Out)
	s.Add(schema.For[Record](), schema.Out)
	components := s.Components()
	for _, name := range []string{"Schema_testMember", "SchemaMember", "Schema_testRecord"} {
		if components[name] == nil {
			t.Errorf("no component %s: %v", name, components)
		}
	}
}

type Member struct {
	A string `json:"a"`
}

// Record is what TypeScript calls something else.
type Record struct {
	A string `json:"a"`
}
