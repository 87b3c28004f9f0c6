package sms

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/rest"
)

var voxtelesys = provider{
	name: "voxtelesys",
	parse: func(f fields) text {
		t := text{From: number(f.get("from")), To: number(f.get("to")), Body: f.has("body")}
		for _, u := range f.values["media"] {
			if u = clean(u); u != "" && len(t.Media) < mostMedia {
				t.Media = append(t.Media, media{URL: u})
			}
		}
		return t
	},
	accepted: rest.Bytes{Type: "application/json", Body: []byte(`{"success":true}`)},
	refused: func(reason string) rest.Bytes {
		b, _ := json.Marshal(map[string]any{"success": false, "error": reason}) // texts always marshal
		return rest.Bytes{Type: "application/json", Body: b}
	},
	request: func(_ *Service, set *chat.Settings, all []outgoing) (outbound.Request, int) {
		if set.VoxtelesysURL == "" || set.VoxtelesysToken == "" {
			return outbound.Request{}, 0
		}
		body := map[string]any{"to": []string{all[0].to}, "from": all[0].from, "body": all[0].body}
		if all[0].file != "" {
			body["media"] = []string{all[0].file}
		}
		b, _ := json.Marshal(body)
		return outbound.Request{Method: "POST", URL: set.VoxtelesysURL, Body: b,
			Header: map[string][]string{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + set.VoxtelesysToken}}}, 1
	},
	failed: func(a outbound.Response) string {
		if a.Status/100 == 2 {
			return ""
		}
		var said struct{ Message, Error string }
		_ = json.Unmarshal(a.Body, &said) // what is not JSON says nothing
		return cmp.Or(said.Message, said.Error, fmt.Sprint(a.Status))
	},
	files: func(set *chat.Settings) fileRules {
		return fileRules{on: set.VoxtelesysFiles, types: set.VoxtelesysFileTypes}
	},
}
