package db

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math/bits"
	"reflect"
	"strconv"
)

// Row is one row of a result.
type Row interface{ Scan(dest ...any) error }

// One reads exactly the first row; no row is ErrNoRows.
func One[T any](ctx context.Context, q Querier, scan func(Row) (T, error), sql string, args ...any) (T, error) {
	return scan(q.QueryRow(ctx, sql, args...))
}

// All reads every row; no row is an empty slice, not nil.
func All[T any](ctx context.Context, q Querier, scan func(Row) (T, error), sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		t, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// In is the placeholders for n values from $from on: In(3, 2) is "$2,$3,$4".
// For no values it is NULL, which nothing is equal to.
func In(n, from int) string {
	if n <= 0 {
		return "NULL"
	}
	b := make([]byte, 0, n*5)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '$'), int64(from+i), 10)
	}
	return string(b)
}

// Values is n rows of placeholders from $from on: Values(2, 3, 1) is "($1,$2,$3),($4,$5,$6)".
func Values(n, columns, from int) string {
	b := make([]byte, 0, n*columns*5)
	for i := range n * columns {
		switch {
		case i == 0:
			b = append(b, '(')
		case i%columns == 0:
			b = append(b, "),("...)
		default:
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '$'), int64(from+i), 10)
	}
	return string(append(b, ')'))
}

// Padded is how many placeholders to take for n values, repeating the last one: a
// power of two, so that there are few different statements to keep prepared.
func Padded(n int) int {
	if n < 2 {
		return n
	}
	return 1 << bits.Len(uint(n-1))
}

// JSON stores a value as JSON text and, given a pointer, scans it back. What
// would be null is stored as ”; ” and NULL leave what p points to as it is.
func JSON(p any) any { return &jsonText{p} }

type jsonText struct{ p any }

// Value implements driver.Valuer.
func (j *jsonText) Value() (driver.Value, error) {
	b, err := json.Marshal(j.p)
	if err != nil || string(b) == "null" {
		return "", err
	}
	return string(b), nil
}

// Scan implements sql.Scanner.
func (j *jsonText) Scan(src any) error {
	var b []byte
	switch v := src.(type) {
	case nil:
		return nil
	case string:
		b = []byte(v)
	case []byte:
		b = v
	default:
		return fmt.Errorf("JSON column holds a %T", src)
	}
	if len(b) == 0 || j.isEmpty(b) {
		return nil
	}
	return json.Unmarshal(b, j.p)
}

// isEmpty makes the target of {} or [] empty without parsing: most columns of most rows are.
func (j *jsonText) isEmpty(b []byte) bool {
	target := reflect.ValueOf(j.p).Elem()
	switch text := string(b); {
	case text == "{}" && target.Kind() == reflect.Struct:
	case text == "{}" && target.Kind() == reflect.Map:
		target.Set(reflect.MakeMap(target.Type()))
	case text == "[]" && target.Kind() == reflect.Slice:
		target.Set(reflect.MakeSlice(target.Type(), 0, 0))
	default:
		return false
	}
	return true
}
