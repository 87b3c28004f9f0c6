package search

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/db"
)

const (
	mostWords    = 12
	shortestPart = 3 // letters of a word's beginning that is looked for
	latest       = 5000
)

// Index is where the words of a table's rows are: on SQLite a table of its own whose
// rowid is theirs, on PostgreSQL an index of the column "words" and one of the moments of
// rows that have words. At is the column of the moment.
type Index struct{ Table, Words, At string }

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

// Latest is From of the latest rows only. A page of them that is full needs no other, and
// an index that names every row with a frequent word is not asked. "" where the engine
// reads in this order anyway.
func (i Index) Latest(e db.Engine, alias string) string {
	if e == db.PostgreSQL {
		return `(SELECT * FROM ` + i.Table + ` WHERE words <> '' ORDER BY ` + i.At + ` DESC, id DESC LIMIT ` + strconv.Itoa(latest) + `) ` + alias
	}
	return ""
}

// Match is the condition for that; the argument is a Query.
func (i Index) Match(e db.Engine, alias, argument string) string {
	if e == db.PostgreSQL {
		return alias + `.words <> '' AND array_to_tsvector(string_to_array(` + alias + `.words, ' ')) @@ ` + argument + `::text::tsquery`
	}
	return i.Words + ` MATCH ` + argument
}

// Newest is the order in which the latest rows come first. PostgreSQL does not know how
// rare a word is: it must not go through all rows in this order until it finds some.
func (i Index) Newest(e db.Engine, alias string) string {
	if e == db.PostgreSQL {
		return alias + `.` + i.At + ` + 0 DESC, ` + alias + `.id DESC`
	}
	return i.Words + `.rowid DESC` // rows come one after another: no sorting
}
