package chat

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBlocks(t *testing.T) { // rocketchat-widget.md 6.1
	text := func(n int) string { return `"` + strings.Repeat("ä", n) + `"` }
	for blocks, want := range map[string]string{
		`[]`: "", `[{"type":"divider"},{"type":"calendar"}]`: "",
		`[{"type":"section","text":"a","fields":["a",{"text":"b"}],"accessory":{"type":"button","text":{"type":"plain_text","text":"a"},"url":"http://x.example/a?b=c#d"}}]`:                              "",
		`[{"type":"context","elements":[{"type":"mrkdwn","text":"a"},{"type":"image","imageUrl":"https://x.example/a.png","altText":"a"}]}]`:                                                              "",
		`[{"type":"actions","elements":[{"type":"static_select","placeholder":"a","options":[{"text":"b","description":"c"}]}]},{"type":"input","label":"a","element":{"type":"datepicker"},"hint":"b"}]`: "",
		`[{"type":"actions","elements":[{"type":"overflow","options":[{"value":"b"}]}]}]`:                                                                                                                 "Block 1: an option",
		`[{"type":"input","element":{"type":"static_select","options":[{"text":` + text(201) + `}]}}]`:                                                                                                    "Block 1: an option",
		`[{"type":"section","accessory":{"type":"static_select","placeholder":7}}]`:                                                                                                                       "Block 1: a text",
		`[{"type":"actions"}]`: "Block 1: actions", `[{"type":"actions","elements":[{"type":"datepicker"},{"type":"static_select"}]}]`: "Block 1: actions",
		`[{"type":"input","label":7}]`:                                                              "Block 1: a text",
		`[{"type":"input","hint":[]}]`:                                                              "Block 1: a text",
		`[{"type":"section","text":` + text(3000) + `}]`:                                            "",
		`[{"type":"section","text":` + text(3001) + `}]`:                                            "Block 1: a text",
		`[{"type":"section","text":7}]`:                                                             "Block 1: a text",
		`[{"type":"section","text":""}]`:                                                            "Block 1: a text",
		`[{"type":"section","fields":[[]]}]`:                                                        "Block 1: a text",
		`[{"type":"section","text":{"text":{"text":"a"}}}]`:                                         "Block 1: a text",
		`[{"type":"context","elements":[{"type":"mrkdwn","text":{"a":1}}]}]`:                        "Block 1: a text",
		`[{"type":"divider"},{"type":"actions","elements":[{"type":"button"}]}]`:                    "Block 2: a button",
		`[{"type":"actions","elements":[{"type":"button","text":` + text(201) + `}]}]`:              "Block 1: a button",
		`[{"type":"section","accessory":{"type":"button","text":"a","url":"https://"}}]`:            "Block 1: url",
		`[{"type":"section","accessory":{"type":"button","text":"a","url":"https://b.ank@e.vil"}}]`: "Block 1: url",
		`[{"type":"image","altText":"a"}]`:                                                          "Block 1: a picture",
		`[{"type":"image","imageUrl":"https://x.example/a.png"}]`:                                   "Block 1: a picture",
		`[{"type":"section","accessory":{"type":"image","altText":"a","imageUrl":"https://%zz"}}]`:  "Block 1: imageUrl",
	} {
		var all []Block
		if err := json.Unmarshal([]byte(blocks), &all); err != nil {
			t.Fatal(err)
		}
		err := CheckBlocks(all)
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.120s: %v, not %q", blocks, err, want)
		}
	}
}
