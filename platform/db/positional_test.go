package db

import "testing"

func TestValuesInTheirOrderNeedNoNames(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "",
		"SELECT 1":                              "SELECT 1",
		"INSERT INTO t VALUES ($1,$2),($3,$4)":  "INSERT INTO t VALUES (?,?),(?,?)",
		"UPDATE t SET a = $1 WHERE id = $2":     "UPDATE t SET a = ? WHERE id = ?",
		"UPDATE t SET a = $2 WHERE id = $1":     "UPDATE t SET a = $2 WHERE id = $1",
		"a = $1 OR b = $1":                      "a = $1 OR b = $1",
		"a = $1 AND b IN ($2, $3) AND c = $3":   "a = $1 AND b IN ($2, $3) AND c = $3",
		"a = '$1' AND b = $1":                   "a = '$1' AND b = $1",
		"a = 'it''s' AND b = $1":                "a = 'it''s' AND b = ?",
		"a = json_extract(b, '$.x') AND c = $1": "a = json_extract(b, '$.x') AND c = $1",
		"a = $10":                               "a = $10",
		"($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) a":    "(?,?,?,?,?,?,?,?,?,?) a",
		"($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$9) a": "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$9) a",
	} {
		if got := positional(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
