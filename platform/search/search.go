package search

import (
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/db"
)

const (
	mostWords    = 12
	shortestPart = 3 // letters of a word's beginning that is looked for
)

// Index is where the words of a table's rows are: on SQLite a table of its own whose
// rowid is theirs, on PostgreSQL an index of the column "words".
type Index struct{ Table, Words string }

// Query is a question in the words of an engine; empty: nothing is asked for.
type Query string

// Ask makes the question for texts that hold all words of this one. The last word may be
// the beginning of a longer one. Nothing in the text has a meaning of its own.
func Ask(e db.Engine, text string) Query {
	f := folder{query: true}
	f.text(text)
	words := strings.Fields(f.out.String())
	if len(words) > mostWords {
		words = words[:mostWords]
	}
	quote, and, part := `"`, ` `, `*`
	if e == db.PostgreSQL {
		quote, and, part = `'`, ` & `, `:*`
	}
	for i, w := range words {
		words[i] = quote + w + quote // letters and digits only
		if i == len(words)-1 && open(w) {
			words[i] += part
		}
	}
	return Query(strings.Join(words, and))
}

// open reports whether longer words that begin with this one are meant too.
func open(word string) bool {
	return utf8.RuneCountInString(word) >= shortestPart || word[0] >= utf8.RuneSelf
}

// From is the part of a SELECT between FROM and the further joins: the rows, as the
// alias, that hold the words of the argument.
func (i Index) From(e db.Engine, alias string) string {
	if e == db.PostgreSQL {
		return i.Table + ` ` + alias
	}
	return i.Words + ` CROSS JOIN ` + i.Table + ` ` + alias + ` ON ` + alias + `.rowid = ` + i.Words + `.rowid`
}

// Match is the condition for that; the argument is a Query.
func (i Index) Match(e db.Engine, alias, argument string) string {
	if e == db.PostgreSQL {
		return alias + `.words <> '' AND array_to_tsvector(string_to_array(` + alias + `.words, ' ')) @@ ` + argument + `::text::tsquery`
	}
	return i.Words + ` MATCH ` + argument
}

// Newest is the order in which the latest rows come first; at is the column of their moment.
func (i Index) Newest(e db.Engine, alias, at string) string {
	if e == db.PostgreSQL {
		return alias + `.` + at + ` DESC, ` + alias + `.id DESC`
	}
	return i.Words + `.rowid DESC` // rows come one after another: no sorting
}
