package foyer

import (
	"cmp"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every rule in testdata/rules.txt is named by a test that holds it. The list has what is
// built of routing and of a chat's way from its start to its end.
func TestEachRuleIsNamedByATest(t *testing.T) {
	list, err := os.ReadFile("testdata/rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	named := rulesNamed(t, os.DirFS("."))
	for _, rule := range strings.Fields(string(list)) {
		if !named[rule] {
			t.Errorf("testdata/rules.txt: no test names %s", rule)
		}
	}
}

var (
	aTest = regexp.MustCompile(`(_test\.go|/testdata/[^/]+\.txt|\.txtar|\.test\.tsx?)$|^test/`)
	aRule = regexp.MustCompile(`\b(?:RQ|LC|INV|PT)-(?:[A-Z]+-)?\d+\b|\bPT-[A-Z]+\b`)
)

func rulesNamed(t *testing.T, house fs.FS) map[string]bool {
	t.Helper()
	named := map[string]bool{}
	err := fs.WalkDir(house, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || path != "." && strings.HasPrefix(d.Name(), ".")) {
			return cmp.Or(err, fs.SkipDir)
		}
		if d.IsDir() || !aTest.MatchString(path) {
			return nil
		}
		text, err := fs.ReadFile(house, path)
		for _, rule := range aRule.FindAllString(string(text), -1) {
			named[rule] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return named
}
