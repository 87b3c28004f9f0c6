// Package sms tests text messages from a provider's request to a provider's request, in the
// whole server and on both engines. The providers are small servers that speak as the real ones.
package sms

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/house"
)

const (
	site  = "https://chat.example.org"
	sid   = "AC0123"
	token = "twilio-token"
	ann   = "+15550101"
	ours  = "+15550999"
)

// office is the whole server and a provider.
type office struct {
	*house.House
	provider *house.Receiver
}

func each(t *testing.T, f func(t *testing.T, h *office)) { eachWith(t, true, f) }

func eachWith(t *testing.T, private bool, f func(t *testing.T, h *office)) {
	var provider *house.Receiver
	house.Each(t, func(h *house.House) {
		provider = house.NewReceiver(h.T, "")
		provider.Says(201, `{"sid":"SM1","status":"queued"}`)
		h.Config.AllowPrivateOutbound, h.Options.TwilioAPI = private, provider.URL
	}, func(t *testing.T, h *house.House) {
		h.Set("Site_Url", site)
		h.Set("SMS_Enabled", true)
		f(t, &office{h, provider})
	})
}

// twilio is each with an account at Twilio.
func twilio(t *testing.T, f func(t *testing.T, h *office)) {
	each(t, func(t *testing.T, h *office) {
		h.account()
		f(t, h)
	})
}

func (h *office) account() {
	h.Set("SMS_Twilio_Account_SID", sid)
	h.Set("SMS_Twilio_authToken", token)
}

const incoming = "/api/v1/livechat/sms-incoming/"

// form are values as a form has them, a pair after the other.
func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// hello is a text of Ann's.
func hello(more ...string) url.Values {
	v := form("From", ann, "To", ours, "Body", "hello")
	maps.Copy(v, form(more...))
	return v
}

// signature is what Twilio signs a form with.
func signature(address string, v url.Values) string {
	m := hmac.New(sha1.New, []byte(token))
	m.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(v)) {
		m.Write([]byte(name + v.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// texts sends a form as Twilio does.
func (h *office) texts(v url.Values, query ...string) house.Answer {
	h.T.Helper()
	path := incoming + "twilio" + strings.Join(query, "")
	a := h.Send("POST", path, "application/x-www-form-urlencoded", v.Encode(), "X-Twilio-Signature", signature(site+path, v))
	h.Settle()
	return a
}

// arrives is texts that must be taken.
func (h *office) arrives(v url.Values, query ...string) {
	h.T.Helper()
	if a := h.texts(v, query...); a.Status != 200 || a.Kind() != "text/xml" || a.Text != "<Response></Response>" {
		h.T.Fatalf("%d %s %s", a.Status, a.Kind(), a.Text)
	}
}

// room is the only room there is, as alice sees it.
func (h *office) room() (rid string, room house.Answer) {
	h.T.Helper()
	h.Must(h.Inside.DB.QueryRow(context.Background(), `SELECT id FROM rooms ORDER BY ts DESC LIMIT 1`).Scan(&rid))
	return rid, h.OK("boss", "GET", "foyer/rooms/"+rid, nil)
}

// served is Ann's room, taken by alice.
func (h *office) served() string {
	h.T.Helper()
	h.arrives(hello())
	rid, _ := h.room()
	h.Take("alice", rid)
	h.provider.Got()
	return rid
}

// message is one of a room.
type message struct {
	ID, Msg, T  string
	Attachments []map[string]any
	Location    map[string]any
}

// said lists what was said in a room, and told to its agents.
func (h *office) said(rid string) (all []message) {
	h.T.Helper()
	all, err := db.All(context.Background(), h.Inside.DB, func(r db.Row) (m message, err error) {
		var extra struct {
			Attachments []map[string]any
			Location    map[string]any
		}
		err = r.Scan(&m.ID, &m.Msg, &m.T, db.JSON(&extra))
		m.Attachments, m.Location = extra.Attachments, extra.Location
		return m, err
	}, `SELECT id, msg, t, extra FROM messages WHERE room_id = $1 AND t IN ('', 'foyer_undelivered') ORDER BY seq`, rid)
	h.Must(err)
	return all
}

// notices are what alice is told of messages that did not leave.
func (h *office) notices(rid string) (all []string) {
	for _, m := range h.said(rid) {
		if m.T != "" {
			all = append(all, m.Msg)
		}
	}
	return all
}
