package app

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/foyerchat/foyer/platform/rest"
)

// Every row of the API document shows a body and an answer, and they are what the row's
// own types allow.
func TestExamplesOfRowsAreValid(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(rest.OpenAPI(Rows(), "1"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.RequestBody != nil {
				n += exemplary(t, method+" "+path+" takes", op.RequestBody.Value.Content)
			}
			n += exemplary(t, method+" "+path+" answers", op.Responses.Value("200").Value.Content)
		}
	}
	if n < 300 {
		t.Errorf("only %d examples", n)
	}
}

func exemplary(t *testing.T, what string, content openapi3.Content) int {
	t.Helper()
	m := content["application/json"]
	if m == nil {
		return 0
	}
	if m.Example == nil {
		t.Errorf("%s: no example", what)
	} else if err := m.Schema.Value.VisitJSON(m.Example); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	return 1
}
