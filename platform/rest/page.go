package rest

import (
	"bytes"
	"encoding/json"
	"errors"
)

// MaxCount is how many items a page has at most.
const MaxCount = 100

// Page is embedded in the requests of lists.
type Page struct {
	Offset int64 `query:"offset" min:"0" doc:"How many items to skip."`
	Count  int64 `query:"count" min:"0" default:"50" doc:"How many items to answer with, at most 100."`
	Sort   Sort  `query:"sort" doc:"Field names with 1 (ascending) or -1, as a JSON object."`
}

// Limit is how many items to read: Count within its bounds, the most for 0.
func (p Page) Limit() int64 {
	if p.Count == 0 {
		return MaxCount
	}
	return min(p.Count, MaxCount)
}

// Unlimited reports whether the caller asked for all items (count=0); for the lists
// where that is allowed.
func (p Page) Unlimited() bool { return p.Count == 0 }

// Counted is embedded in the responses of lists: what was skipped, how many items
// this page has and how many there are.
type Counted struct {
	Offset int64 `json:"offset"`
	Count  int   `json:"count"`
	Total  int64 `json:"total"`
}

// Sort is an order as the caller wants it; the names are the caller's words and must
// be looked up, never put into SQL.
type Sort []SortKey

// SortKey is one field of an order.
type SortKey struct {
	Field string
	Desc  bool
}

// Over words the order in what a list may be ordered by, each key followed by a comma;
// what it may not be ordered by is left out.
func (s Sort) Over(columns map[string]string) (sql string) {
	for _, k := range s {
		if column, ok := columns[k.Field]; ok && k.Desc {
			sql += column + " DESC, "
		} else if ok {
			sql += column + ", "
		}
	}
	return sql
}

// mostKeys is how many fields an order has at most.
const mostKeys = 20

// UnmarshalJSON reads {"field": 1 or -1, …} in its order.
func (s *Sort) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errSort
	}
	*s = nil
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var direction json.Number
		if err := d.Decode(&direction); err != nil || direction != "1" && direction != "-1" {
			return errSort
		}
		if len(*s) == mostKeys {
			return errSort
		}
		*s = append(*s, SortKey{Field: name.(string), Desc: direction == "-1"})
	}
	return nil
}

var errSort = errors.New("want an object of at most 20 field names with 1 or -1")
