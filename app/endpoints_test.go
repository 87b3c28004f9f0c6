package app

import (
	"os"
	"slices"
	"strings"
	"testing"
)

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
		if !slices.Contains(served, all[i]) {
			t.Errorf("%s is not served", line)
		}
	}
}
