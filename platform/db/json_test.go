package db_test

import (
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
)

// An empty document is scanned without being parsed, to the same result.
func TestEmptyDocumentsAreScannedAsIfParsed(t *testing.T) {
	type thing struct {
		A int `json:"a"`
	}
	for text, targets := range map[string][2]any{
		`{}`: {&map[string]int{"old": 1}, &map[string]int{}},
		`[]`: {&[]string{"old"}, &[]string{}},
	} {
		if err := db.JSON(targets[0]).(sql.Scanner).Scan(text); err != nil {
			t.Fatal(err)
		}
		got, _ := json.Marshal(targets[0])
		if want, _ := json.Marshal(targets[1]); string(got) != string(want) {
			t.Errorf("%s became %s, not %s", text, got, want)
		}
	}
	kept := thing{A: 1}
	if err := db.JSON(&kept).(sql.Scanner).Scan(`{}`); err != nil || kept.A != 1 {
		t.Error(kept, err)
	}
	if err := db.JSON(&kept).(sql.Scanner).Scan(`[]`); err == nil {
		t.Error("a list was taken for a thing")
	}
}
