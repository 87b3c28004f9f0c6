package sms

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the provider's algorithm
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/rest"
)

var twilio = provider{
	name: "twilio", signed: true,
	parse: func(f fields) text {
		t := text{ID: f.get("MessageSid"), From: number(f.get("From")), To: number(f.get("To")), Body: f.has("Body"), Media: f.numbered(), Place: f.place(),
			Of: map[string]string{}}
		for field, name := range map[string]string{"country": "FromCountry", "state": "FromState", "city": "FromCity"} {
			t.Of[field] = f.get(name)
		}
		return t
	},
	accepted: markup(""),
	refused:  refusedInMarkup,
	request:  twilioRequest,
	failed: func(a outbound.Response) string {
		if a.Status/100 == 2 {
			return ""
		}
		var said struct {
			Code    int
			Message string
		}
		if json.Unmarshal(a.Body, &said) != nil || said.Message == "" {
			return fmt.Sprint(a.Status)
		}
		return fmt.Sprintf("%s (%d)", said.Message, said.Code)
	},
	files: func(set *chat.Settings) fileRules { return fileRules{on: set.TwilioFiles, types: set.TwilioFileTypes} },
}

func markup(inside string) rest.Bytes {
	return rest.Bytes{Type: "text/xml", Body: []byte("<Response>" + inside + "</Response>")}
}

// refusedInMarkup has the provider text the reason back.
func refusedInMarkup(reason string) rest.Bytes {
	if reason == "" {
		return markup("")
	}
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(reason)) // a buffer takes everything
	return markup("<Message>" + b.String() + "</Message>")
}

func twilioRequest(s *Service, set *chat.Settings, all []outgoing) (outbound.Request, int) {
	if set.TwilioAccount == "" || set.TwilioToken == "" {
		return outbound.Request{}, 0
	}
	o := all[0]
	form := url.Values{"To": {o.to}, "From": {o.from}}
	if o.body != "" {
		form.Set("Body", o.body)
	}
	if o.file != "" {
		form.Set("MediaUrl", o.file)
	}
	return outbound.Request{Method: "POST", URL: s.TwilioAPI + "/2010-04-01/Accounts/" + url.PathEscape(set.TwilioAccount) + "/Messages.json", Body: []byte(form.Encode()),
		Header: map[string][]string{"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {basic(set.TwilioAccount, set.TwilioToken)}}}, 1
}

func basic(name, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
}

// twilioSigned reports whether Twilio sent this to the address: of a form it signs the
// address and the values, of anything else the address, which has the body's hash.
func twilioSigned(token, address string, raw rest.Raw, f fields, signature string) bool {
	if !f.json {
		return hmac.Equal([]byte(twilioSignature(token, address, f.values)), []byte(signature))
	}
	q, err := url.ParseQuery(raw.Query)
	sum := sha256.Sum256(raw.Body)
	return err == nil && hmac.Equal([]byte(strings.ToLower(q.Get("bodySHA256"))), []byte(hex.EncodeToString(sum[:]))) &&
		hmac.Equal([]byte(twilioSignature(token, address, nil)), []byte(signature))
}

func twilioSignature(token, address string, form url.Values) string {
	m := hmac.New(sha1.New, []byte(token))
	m.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			m.Write([]byte(name + value))
		}
	}
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}
