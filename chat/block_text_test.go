package chat

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The same table is read by web/widget/test/uikit.test.ts.
func TestBlocksInPlainText(t *testing.T) { // rocketchat-widget.md 6.1
	table, err := os.ReadFile("testdata/blocks.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name   string   `json:"name"`
		Blocks []Block  `json:"blocks"`
		Lines  []string `json:"lines"`
	}
	if err := json.Unmarshal(table, &cases); err != nil || len(cases) == 0 {
		t.Fatal(err)
	}
	for _, c := range cases {
		if err := CheckBlocks(c.Blocks); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		m := Message{MessageExtra: MessageExtra{Blocks: c.Blocks}}
		if got, want := m.Text(), strings.Join(c.Lines, "\n"); got != want {
			t.Errorf("%s: %q, not %q", c.Name, got, want)
		}
		if m.Msg = "Hello"; m.Text() != "Hello" {
			t.Errorf("%s: a message with words says %q", c.Name, m.Text())
		}
	}
}
