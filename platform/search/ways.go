package search

import (
	"context"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/platform/db"
)

// How many rows are looked at one by one before an index is asked that would name all
// rows with a frequent word. A page that these do not fill has rare words.
const (
	latest     = 5000
	candidates = 4000
	wider      = 6 // times the latest, for who sees a part of them
)

// Index is where the words of a table's rows are: on SQLite a table of its own whose
// rowid is theirs, on PostgreSQL an index of the column "words" and one of the moments of
// rows that have words. At is the column of the moment.
type Index struct{ Table, Words, At string }

// Part is what a statement needs to come by rows under the alias m: what stands behind
// FROM and before further joins, a condition, and the order in which the latest come first.
type Part struct{ From, Where, Order string }

// Way is how rows that hold the words of a text are come by; arg numbers an argument.
// Wider, unless 0, is how many times as many rows it looks at as the way before: it is not
// worth going if that one found hardly any.
type Way struct {
	Part  func(arg func(any) string) Part
	Wider int64
}

// Ways are to be gone in turn until a page is full. Each gives the rows in the same order
// and leaves none out that is later than one it gives. Partly says that other conditions
// leave out many rows.
func (i Index) Ways(ctx context.Context, d *db.DB, text string, partly bool) ([]Way, error) {
	words, open := asked(text)
	switch {
	case d.Engine() == db.PostgreSQL && partly:
		return []Way{i.newest(db.PostgreSQL, text, 1), i.newest(db.PostgreSQL, text, wider), i.indexed(db.PostgreSQL, text)}, nil
	case d.Engine() == db.PostgreSQL || open && len(words) == 1:
		return []Way{i.newest(d.Engine(), text, 1), i.indexed(d.Engine(), text)}, nil
	case !open:
		return []Way{i.indexed(d.Engine(), text)}, nil
	}
	// SQLite reads all that begins with a part before it gives the first row.
	others, n := whole(db.SQLite, words[:len(words)-1]), 0
	ways := []Way{i.narrowed(others, text), i.indexed(db.SQLite, text)}
	err := d.QueryRow(ctx, `SELECT count(*) FROM (SELECT rowid FROM `+i.Words+` WHERE `+i.Words+` MATCH $1 LIMIT `+strconv.Itoa(candidates)+`)`, string(others)).Scan(&n)
	if n < candidates { // these are all
		ways = ways[:1]
	}
	return ways, err
}

// indexed asks the index of words. PostgreSQL does not know how rare a word is: it must
// not go through all rows in their order until it finds some.
func (i Index) indexed(e db.Engine, text string) Way {
	return Way{Part: func(arg func(any) string) Part {
		query := arg(string(Ask(e, text)))
		if e == db.PostgreSQL {
			return Part{i.Table + ` m`, `m.words <> '' AND array_to_tsvector(string_to_array(m.words, ' ')) @@ ` + query + `::text::tsquery`, i.order(e)}
		}
		return Part{i.Words + ` CROSS JOIN ` + i.Table + ` m ON m.rowid = ` + i.Words + `.rowid`,
			i.Words + ` MATCH ` + query, i.Words + `.rowid DESC`} // rows come one after another: no sorting
	}}
}

// newest looks at the latest rows, which come one after another.
func (i Index) newest(e db.Engine, text string, times int64) Way {
	most, way := strconv.FormatInt(latest*times, 10), Way{}
	way.Part = func(arg func(any) string) Part {
		part := i.Among(e, text).Part(arg)
		if e == db.PostgreSQL {
			part.From = `(SELECT * FROM ` + i.Table + ` WHERE words <> '' ORDER BY ` + i.At + ` DESC, id DESC LIMIT ` + most + `) m`
			part.Order = `m.` + i.At + ` DESC, m.id DESC`
		} else {
			part.Where = `m.rowid > (SELECT max(rowid) FROM ` + i.Table + `) - ` + most + ` AND ` + part.Where
		}
		return part
	}
	if times > 1 {
		way.Wider = times
	}
	return way
}

// narrowed looks at the latest rows of SQLite that hold the other words.
func (i Index) narrowed(others Query, text string) Way {
	return Way{Part: func(arg func(any) string) Part {
		part := i.Among(db.SQLite, text).Part(arg)
		part.From = `(SELECT rowid AS place FROM ` + i.Words + ` WHERE ` + i.Words + ` MATCH ` + arg(string(others)) + ` ORDER BY rowid DESC LIMIT ` + strconv.Itoa(candidates) + `) c
			CROSS JOIN ` + i.Table + ` m ON m.rowid = c.place`
		return part
	}}
}

// Among looks at the rows that another condition finds.
func (i Index) Among(e db.Engine, text string) Way {
	return Way{Part: func(arg func(any) string) Part {
		var holds []string
		for _, p := range patterns(text) {
			holds = append(holds, `' ' || m.words || ' ' LIKE `+arg(p))
		}
		return Part{i.Table + ` m`, strings.Join(holds, ` AND `), i.order(e)}
	}}
}

func (i Index) order(e db.Engine) string {
	if e == db.PostgreSQL {
		return `m.` + i.At + ` + 0 DESC, m.id DESC`
	}
	return `m.rowid DESC`
}
