package foyer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const module = "github.com/foyerchat/foyer/"

// house is what the rules look at.
type house struct {
	files  []file
	owners map[string]string // table → the folder that writes it
}

type file struct {
	path string
	tree *ast.File
	test bool
}

func (f file) folder() string { return path.Dir(f.path) }

// feature is the name of the feature the file belongs to, or "".
func (f file) feature() string {
	parts := strings.Split(f.path, "/")
	if len(parts) < 3 || parts[0] != "features" {
		return ""
	}
	return parts[1]
}

func (f file) problem(rule, format string, args ...any) string {
	return f.path + ": " + rule + ": " + fmt.Sprintf(format, args...)
}

// imports lists the imported paths; ours without the module's name.
func (f file) imports() (ours, others []string) {
	for _, spec := range f.tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if own, ok := strings.CutPrefix(name, module); ok {
			ours = append(ours, own)
		} else {
			others = append(others, name)
		}
	}
	return ours, others
}

var rules = []func(house) []string{
	floors, sideways, fileRoles, tableOwnership, packageComments, oneClock, oneWayOut, everyRouteHasAccess, plainNames,
}

func read(root fs.FS) (house, error) {
	h := house{owners: map[string]string{}}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || len(name) > 1 && name[0] == '.'):
			return fs.SkipDir
		case path.Dir(name) == "migrations" && path.Ext(name) == ".sql" && !strings.Contains(name, "golden"):
			return h.readOwners(root, name)
		case path.Ext(name) == ".go":
			return h.readGo(root, name)
		}
		return nil
	})
	return h, err
}

func (h *house) readGo(root fs.FS, name string) error {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	tree, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
	h.files = append(h.files, file{path: name, tree: tree, test: strings.HasSuffix(name, "_test.go")})
	return err
}

var ownerOrTable = regexp.MustCompile(`(?m)^-- ((?:features|platform)/\w+)|^CREATE (?:VIRTUAL )?TABLE (\w+)`)

// readOwners learns who owns which table: the folder named in the comment above it.
func (h *house) readOwners(root fs.FS, name string) error {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	owner := ""
	for _, m := range ownerOrTable.FindAllStringSubmatch(string(text), -1) {
		if m[1] != "" {
			owner = m[1]
		} else {
			h.owners[m[2]] = owner
		}
	}
	return nil
}

func (h house) product() []file {
	return slices.DeleteFunc(slices.Clone(h.files), func(f file) bool { return f.test })
}

var ground = []string{"platform/fault", "platform/clock", "platform/id"}

// floors: cmd → app → features → chat and platform → ground.
func floors(h house) (problems []string) {
	for _, f := range h.product() {
		ours, others := f.imports()
		for _, to := range ours {
			if !mayImport(f.folder(), to) {
				problems = append(problems, f.problem("floors", "%s may not import %s", f.folder(), to))
			}
		}
		for _, to := range others {
			if f.folder() == "chat" && slices.Contains([]string{"net/http", "database/sql", "os"}, to) {
				problems = append(problems, f.problem("floors", "chat does no I/O, so not %s", to))
			}
		}
	}
	return problems
}

func mayImport(from, to string) bool {
	under := func(folder, root string) bool { return folder == root || strings.HasPrefix(folder, root+"/") }
	switch {
	case slices.Contains(ground, from), from == "platform/schema":
		return false
	case from == "chat":
		return slices.Contains(ground, to)
	case from == "platform/testkit":
		return under(to, "platform") || to == "migrations"
	case under(from, "platform"):
		return under(to, "platform")
	case under(from, "features"):
		return to == "chat" || under(to, "platform") || under(to, "features") // sideways is a rule of its own
	case under(from, "app"), under(from, "test"):
		return true
	case under(from, "cmd"):
		return to == "app"
	}
	return false
}

// sideways: no feature imports another.
func sideways(h house) (problems []string) {
	for _, f := range h.files {
		ours, _ := f.imports()
		for _, to := range ours {
			if rest, ok := strings.CutPrefix(to, "features/"); ok && f.feature() != "" && strings.Split(rest, "/")[0] != f.feature() {
				problems = append(problems, f.problem("sideways", "a feature never imports another (%s)", to))
			}
		}
	}
	return problems
}

func isStore(name string) bool { return strings.HasSuffix(path.Base(name), "store.go") }

// fileRoles: HTTP in routes.go, SQL in store.go.
func fileRoles(h house) (problems []string) {
	for _, f := range h.product() {
		if f.feature() == "" {
			continue
		}
		_, others := f.imports()
		if slices.Contains(others, "net/http") && !strings.HasSuffix(path.Base(f.path), "routes.go") {
			problems = append(problems, f.problem("file roles", "net/http belongs into routes.go"))
		}
		if isStore(f.path) {
			continue
		}
		if slices.Contains(others, "database/sql") {
			problems = append(problems, f.problem("file roles", "database/sql belongs into store.go"))
		}
		for _, text := range sqlTexts(f) {
			problems = append(problems, f.problem("file roles", "SQL belongs into store.go: %.40q", text))
		}
	}
	return problems
}

var sqlText = regexp.MustCompile(`^\s*(?:SELECT\s|INSERT INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|WITH \w+)`)

func sqlTexts(f file) (texts []string) {
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil && sqlText.MatchString(text) {
				texts = append(texts, text)
			}
		}
		return true
	})
	return texts
}

var written = regexp.MustCompile(`(?:INSERT INTO|DELETE FROM)\s+(\w+)|(?:^|[^R]\s)\s*UPDATE\s+(\w+)\s+(?:AS \w+ )?SET`)

// tableOwnership: a feature writes only its own tables; reading is free.
func tableOwnership(h house) (problems []string) {
	for _, f := range h.product() {
		if f.feature() == "" || !isStore(f.path) {
			continue
		}
		for _, text := range sqlTexts(f) {
			for _, m := range written.FindAllStringSubmatch(text, -1) {
				table := m[1] + m[2]
				if owner := h.owners[table]; owner != "features/"+f.feature() {
					problems = append(problems, f.problem("table ownership", "%s writes %s, which belongs to %q", f.feature(), table, owner))
				}
			}
		}
	}
	return problems
}

// packageComments: every package says what it is for.
func packageComments(h house) (problems []string) {
	said, first := map[string]bool{}, map[string]file{}
	for _, f := range h.product() {
		if _, ok := first[f.folder()]; !ok {
			first[f.folder()] = f
		}
		said[f.folder()] = said[f.folder()] || f.tree.Doc != nil
	}
	for folder, f := range first {
		if !said[folder] {
			problems = append(problems, f.problem("package comment", "%s has none", folder))
		}
	}
	return problems
}

// oneClock: only platform/clock reads the machine's time or waits for it; an example
// stands alone and has no clock of ours.
func oneClock(h house) (problems []string) {
	for _, f := range h.files {
		if f.folder() == "platform/clock" || strings.HasPrefix(f.path, "test/") || strings.HasPrefix(f.path, "examples/") {
			continue
		}
		names := []string{"Now", "Since", "Until", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Sleep"}
		if f.test {
			names = []string{"Sleep"}
		}
		for _, name := range uses(f, "time", names...) {
			problems = append(problems, f.problem("time", "time.%s outside platform/clock", name))
		}
	}
	return problems
}

// oneWayOut: every request that leaves goes through platform/outbound; examples are
// programs of others.
func oneWayOut(h house) (problems []string) {
	for _, f := range h.product() {
		if f.folder() == "platform/outbound" || strings.HasPrefix(f.path, "test/") || strings.HasPrefix(f.path, "examples/") {
			continue
		}
		for _, name := range uses(f, "http", "DefaultClient", "DefaultTransport", "Get", "Post", "PostForm", "Head", "Client", "Transport") {
			problems = append(problems, f.problem("outbound", "http.%s outside platform/outbound", name))
		}
	}
	return problems
}

// uses lists which of the names are selected from the package in the file.
func uses(f file, pkg string, names ...string) (found []string) {
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, s.Sel.Name) {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == pkg {
				found = append(found, s.Sel.Name)
			}
		}
		return true
	})
	return found
}

// everyRouteHasAccess: a row names a permission or says that it is public.
func everyRouteHasAccess(h house) (problems []string) {
	for _, f := range h.product() {
		if f.folder() == "platform/rest" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && isRestRow(call.Fun) && (len(call.Args) < 3 || !namesAccess(call.Args[2])) {
				problems = append(problems, f.problem("access", "a route without a permission, and not said to be public"))
			}
			return true
		})
	}
	return problems
}

func isRestRow(fun ast.Expr) bool {
	s, ok := fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Row" && fmt.Sprint(s.X) == "rest"
}

// namesAccess holds for rest.Public, a variable of that kind, and rest.All/Any of at least one permission.
func namesAccess(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr, *ast.Ident:
		return true
	case *ast.CallExpr:
		return len(e.Args) > 0
	}
	return false
}

// plainNames: no folder whose name says nothing.
func plainNames(h house) (problems []string) {
	banned := []string{"internal", "pkg", "util", "utils", "common", "helpers", "models", "types", "manager", "service"}
	for _, f := range h.files {
		for _, part := range strings.Split(f.folder(), "/") {
			if slices.Contains(banned, part) {
				problems = append(problems, f.problem("names", "no folder called %s", part))
			}
		}
	}
	return problems
}
