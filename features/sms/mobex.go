package sms

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/rest"
)

var mobex = provider{
	name: "mobex",
	parse: func(f fields) text {
		return text{ID: f.get("id"), From: number(f.get("from")), To: number(f.get("to")), Body: f.has("content"), Media: f.numbered()}
	},
	accepted: rest.Bytes{Type: "text/xml", Body: []byte("ACK/Jasmin")},
	refused:  refusedInMarkup,
	request:  mobexRequest,
	failed: func(a outbound.Response) string {
		said := strings.TrimSpace(string(a.Body))
		switch {
		case a.Status/100 != 2 && said == "":
			return fmt.Sprint(a.Status)
		case a.Status/100 != 2, strings.HasPrefix(said, "Error"):
			return strings.Trim(strings.TrimPrefix(said, "Error"), ` "`)
		}
		return ""
	},
	files: func(*chat.Settings) fileRules { return fileRules{never: true} },
}

// mobexRequest hands texts that wait together over in one request, where there is an
// address for that.
func mobexRequest(_ *Service, set *chat.Settings, all []outgoing) (outbound.Request, int) {
	if set.MobexREST != "" && (len(all) > 1 || set.MobexGateway == "") {
		return mobexBatch(set, all), len(all)
	}
	if set.MobexGateway == "" {
		return outbound.Request{}, 0
	}
	o := all[0]
	q := url.Values{"username": {set.MobexUsername}, "password": {set.MobexPassword}, "to": {digits(o.to)}, "from": {mobexFrom(set, o.from)}, "content": {o.body}}
	return outbound.Request{Method: "GET", URL: strings.TrimRight(set.MobexGateway, "/") + "/send?" + q.Encode()}, 1
}

func mobexBatch(set *chat.Settings, all []outgoing) outbound.Request {
	type one struct {
		To      []string `json:"to"`
		From    string   `json:"from"`
		Content string   `json:"content"`
	}
	list := []one{}
	for _, o := range all {
		list = append(list, one{[]string{digits(o.to)}, mobexFrom(set, o.from), o.body})
	}
	b, _ := json.Marshal(map[string]any{"messages": list}) // texts always marshal
	return outbound.Request{Method: "POST", URL: strings.TrimRight(set.MobexREST, "/") + "/secure/sendbatch", Body: b,
		Header: map[string][]string{"Content-Type": {"application/json"}, "Authorization": {basic(set.MobexUsername, set.MobexPassword)}}}
}

// mobexFrom is the number that sends: the chat's own if it may.
func mobexFrom(set *chat.Settings, own string) string {
	if own == "" || !mayCarry(set.MobexFromNumbers, own) && set.MobexFrom != "" {
		return set.MobexFrom
	}
	return own
}

// mayCarry reports whether a number is on a list; on an empty one all are.
func mayCarry(list, own string) bool {
	if strings.Trim(list, ", ") == "" {
		return true
	}
	for entry := range strings.SplitSeq(list, ",") {
		if key(entry) == key(own) {
			return true
		}
	}
	return false
}
