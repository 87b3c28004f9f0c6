// Package foyer holds nothing but the plan of the house, as a test: which folder
// may import which, what belongs into which file, who writes which table.
// ARCHITECTURE.md says the same in words.
package foyer

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheHouseKeepsItsPlan(t *testing.T) {
	for _, problem := range inspect(t, os.DirFS(".")) {
		t.Error(problem)
	}
}

// Each rule, broken on purpose, must be noticed with the file and the rule named.
func TestEachRuleNoticesItsBreach(t *testing.T) {
	const good = "// Package x is documented.\npackage x\n"
	breaches := []struct {
		rule, file, source string
	}{
		{"floors", "chat/x.go", good + `import _ "github.com/foyerchat/foyer/platform/db"`},
		{"floors", "chat/x.go", good + `import _ "net/http"`},
		{"floors", "platform/fault/x.go", good + `import _ "github.com/foyerchat/foyer/platform/clock"`},
		{"floors", "platform/db/x.go", good + `import _ "github.com/foyerchat/foyer/chat"`},
		{"floors", "features/rooms/x.go", good + `import _ "github.com/foyerchat/foyer/app"`},
		{"floors", "features/rooms/x.go", good + `import _ "github.com/foyerchat/foyer/web"`},
		{"sideways", "features/rooms/x.go", good + `import _ "github.com/foyerchat/foyer/features/routing"`},
		{"file roles", "features/rooms/rooms.go", good + `import _ "net/http"`},
		{"file roles", "features/rooms/rooms.go", good + "const q = `SELECT id FROM rooms`"},
		{"file roles", "features/rooms/rooms.go", good + `import _ "database/sql"`},
		{"table ownership", "features/rooms/store.go", good + "const q = `UPDATE visitors SET name = $1`"},
		{"table ownership", "features/rooms/store.go", good + "const q = `WITH x AS (SELECT 1) INSERT INTO visitors (id) VALUES ($1)`"},
		{"table ownership", "features/rooms/store.go", good + "const q = `DELETE FROM nowhere`"},
		{"package comment", "features/rooms/x.go", "package x"},
		{"time", "features/rooms/x.go", good + "import \"time\"\nvar now = time.Now()"},
		{"time", "features/rooms/x.go", good + "import \"time\"\nfunc nap() { time.Sleep(1) }"},
		{"outbound", "features/rooms/routes.go", good + "import \"net/http\"\nvar c = http.DefaultClient"},
		{"outbound", "platform/db/x.go", good + "import \"net/http\"\nvar r, e = http.Get(\"\")"},
		{"access", "features/rooms/routes.go", good + "import \"github.com/foyerchat/foyer/platform/rest\"\nvar r = rest.Row(\"GET\", \"/x\", rest.Access{}, \"\", nil)"},
		{"access", "features/rooms/routes.go", good + "import \"github.com/foyerchat/foyer/platform/rest\"\nvar r = rest.Row(\"GET\", \"/x\", rest.Any(), \"\", nil)"},
		{"names", "platform/util/x.go", good},
		{"names", "internal/x.go", good},
	}
	for _, b := range breaches {
		house := fstest.MapFS{
			"migrations/0001.sql": {Data: []byte("-- features/rooms\nCREATE TABLE rooms (id TEXT);\n-- features/visitors\nCREATE TABLE visitors (id TEXT);\n")},
			b.file:                {Data: []byte(b.source)},
		}
		if !mentions(inspect(t, house), b.rule, b.file) {
			t.Errorf("rule %q did not notice:\n%s\n%s", b.rule, b.file, b.source)
		}
	}
}

func TestAKeptRuleIsNotABreach(t *testing.T) {
	house := fstest.MapFS{
		"migrations/0001.sql": {Data: []byte("-- features/rooms\nCREATE TABLE rooms (id TEXT);\n")},
		"features/rooms/store.go": {Data: []byte("// Package rooms is documented.\npackage rooms\n" +
			"import _ \"github.com/foyerchat/foyer/platform/db\"\nconst q = `UPDATE rooms SET id = $1`\nconst r = `SELECT id FROM visitors FOR UPDATE`")},
		"features/rooms/mail/mail.go":    {Data: []byte("// Package mail is documented.\npackage mail")},
		"features/rooms/rooms.go":        {Data: []byte("package rooms\nimport _ \"github.com/foyerchat/foyer/features/rooms/mail\"\nconst text = `Update your browser`")},
		"features/rooms/rooms_test.go":   {Data: []byte("package rooms\nimport _ \"net/http\"")},
		"features/rooms/routes.go":       {Data: []byte("package rooms\nimport (\"net/http\"; \"github.com/foyerchat/foyer/platform/rest\")\nvar r = rest.Row(http.MethodGet, \"/x\", rest.Any(\"view-l-room\"), \"\", nil)")},
		"web/node_modules/x/util/bad.go": {Data: []byte("package bad")},
	}
	for _, problem := range inspect(t, house) {
		t.Error(problem)
	}
}

func mentions(problems []string, rule, file string) bool {
	for _, p := range problems {
		if strings.Contains(p, rule) && strings.Contains(p, file) {
			return true
		}
	}
	return false
}

// inspect returns one sentence for each breach: "file: rule: what is wrong".
func inspect(t *testing.T, house fs.FS) []string {
	t.Helper()
	plan, err := read(house)
	if err != nil {
		t.Fatal(err)
	}
	var problems []string
	for _, rule := range rules {
		problems = append(problems, rule(plan)...)
	}
	return problems
}
