package app

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// missing are the endpoints of the compatible API that are not here, and why.
var missing = map[string]string{
	"GET /api/v1/email-inbox.list":   "e-mail is a channel that is not built",
	"GET /api/v1/email-inbox.search": "e-mail is a channel that is not built",
	"GET /api/v1/email-inbox/{}":     "e-mail is a channel that is not built",
	"POST /api/v1/email-inbox":       "e-mail is a channel that is not built",
	"DELETE /api/v1/email-inbox/{}":  "e-mail is a channel that is not built",
}

// Every endpoint and procedure of the compatible API's index is served (rest-api.md 28).
func TestEveryEndpointOfTheIndex(t *testing.T) {
	text, err := os.ReadFile("testdata/endpoints.txt")
	if err != nil {
		t.Fatal(err)
	}
	var served []string
	for _, row := range Rows() {
		served = append(served, variables.ReplaceAllString(row.Name(), "{}"))
	}
	for _, call := range tie(ground{}).calls() {
		served = append(served, "POST /api/v1/method.call/"+call.Name, "POST /api/v1/method.callAnon/"+call.Name)
	}
	all := strings.Split(strings.TrimSpace(string(text)), "\n")
	for i, line := range all {
		all[i] = variables.ReplaceAllString(line, "{}")
		_, excused := missing[all[i]]
		if here := slices.Contains(served, all[i]); here == excused {
			t.Errorf("%s: served %v, excused %v", line, here, excused)
		}
	}
	for name := range missing {
		if !slices.Contains(all, name) {
			t.Errorf("%s is excused, and not in the index", name)
		}
	}
}
