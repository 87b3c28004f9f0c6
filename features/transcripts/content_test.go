package transcripts

import (
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

func TestBlocksAreInTheTranscript(t *testing.T) { // LC-TRS-6
	m := manner{zone: time.UTC, visitor: "Ann"}
	said := chat.Message{U: chat.Sender{Username: "bob"}, MessageExtra: chat.MessageExtra{Blocks: []chat.Block{{Type: "section", Text: "Your order"}, {Type: "actions", Elements: []chat.BlockElement{{Type: "button", Text: "Yes"}}}}}}
	if got := m.entries([]chat.Message{said}); len(got) != 1 || got[0].text != "Your order\nYes" || got[0].author != "bob" {
		t.Errorf("%+v", got)
	}
}
