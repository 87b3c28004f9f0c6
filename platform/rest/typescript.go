package rest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/schema"
)

const typescriptHead = schema.GeneratedNotice + `/** A merged answer: the endpoint's fields and success. */
export type Success<T> = T & { success: true };

`

// TypeScript writes a module with the declarations of all types the rows use and an
// interface Endpoints: for "GET /api/v1/me" the path variables, query, body and
// response. Arrays of a query are written name[]=…, its objects as JSON text.
func TypeScript(rows []Endpoint) []byte {
	types := collect(rows)
	var b strings.Builder
	b.WriteString(typescriptHead)
	b.WriteString(types.Declarations())
	b.WriteString("export interface Endpoints {\n")
	for _, e := range sorted(rows) {
		b.WriteString("  /** " + strings.ReplaceAll(e.Doc, "*/", "* /") + " */\n")
		b.WriteString("  " + schema.Property(e.Name()) + ": {\n")
		b.WriteString("    path: " + types.Literal(e.plan.variables, schema.In, "    ") + ";\n")
		b.WriteString("    query: " + types.Literal(e.plan.query, schema.In, "    ") + ";\n")
		b.WriteString("    body: " + e.bodyExpression(types) + ";\n")
		b.WriteString("    response: " + e.responseExpression(types) + ";\n")
		b.WriteString("  };\n")
	}
	b.WriteString("}\n")
	return []byte(b.String())
}

func (e Endpoint) bodyExpression(types *schema.Types) string {
	if t := e.content(); t != nil {
		return types.Expression(t, schema.In, "    ")
	}
	if e.plan.upload != nil {
		return "unknown" // a FormData, which not every part of the front ends knows
	}
	return "undefined"
}

func (e Endpoint) responseExpression(types *schema.Types) string {
	switch {
	case e.shape == binary:
		return "Blob"
	case e.shape == asIs:
		return types.Expression(e.response(), schema.Out, "    ")
	case empty(e.out):
		return "{ success: true }"
	}
	return "Success<" + types.Expression(e.response(), schema.Out, "    ") + ">"
}

// sorted orders rows by path and method.
func sorted(rows []Endpoint) []Endpoint {
	return slices.SortedFunc(slices.Values(rows), func(a, b Endpoint) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
}
