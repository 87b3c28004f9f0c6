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

// Query is a question in the words of an engine; empty: nothing is asked for.
type Query string

// Ask makes the question for texts that hold all words of this one. The last word may be
// the beginning of a longer one. Nothing in the text has a meaning of its own.
func Ask(e db.Engine, text string) Query {
	words, open := asked(text)
	q := whole(e, words)
	if !open {
		return q
	}
	if e == db.PostgreSQL {
		return q + `:*`
	}
	return q + `*`
}

// asked are the words of a question, and whether longer ones that begin with the last are
// meant too.
func asked(text string) (words []string, open bool) {
	f := folder{query: true}
	f.text(text)
	words = strings.Fields(f.out.String())
	words = words[:min(len(words), mostWords)]
	if len(words) > 0 {
		last := words[len(words)-1]
		open = utf8.RuneCountInString(last) >= shortestPart || last[0] >= utf8.RuneSelf
	}
	return words, open
}

// whole is the question for whole words, which are letters and digits only.
func whole(e db.Engine, words []string) Query {
	if len(words) == 0 {
		return ""
	}
	if e == db.PostgreSQL {
		return Query(`'` + strings.Join(words, `' & '`) + `'`)
	}
	return Query(`"` + strings.Join(words, `" "`) + `"`)
}

// patterns are the same question for rows that are looked at one by one: each is LIKE the
// words of a row with a space before and behind.
func patterns(text string) []string {
	words, open := asked(text)
	for i, w := range words {
		words[i] = `% ` + w + ` %`
		if open && i == len(words)-1 {
			words[i] = `% ` + w + `%`
		}
	}
	return words
}
