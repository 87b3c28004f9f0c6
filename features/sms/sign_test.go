package sms

import (
	"net/url"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

// The examples with which Twilio documents its signatures.
const (
	exampleToken   = "12345"
	exampleAddress = "https://mycompany.com/myapp.php?foo=1&bar=2"
	exampleHash    = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	exampleBody    = `{"property": "value", "boolean": true}`
)

func TestTwiliosOwnExamplesAreSigned(t *testing.T) {
	for caller, want := range map[string]string{"+14158675309": "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "+12349013030": "0/KCTR6DLpKmkAf8muzZqo1nDgQ="} {
		form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {caller}, "Digits": {"1234"}, "From": {caller}, "To": {"+18005551212"}}
		raw := rest.Raw{Type: "application/x-www-form-urlencoded", Query: "foo=1&bar=2", Body: []byte(form.Encode())}
		if !twilioSigned(exampleToken, exampleAddress, raw, parseFields(raw), want) {
			t.Errorf("%s: %s", caller, twilioSignature(exampleToken, exampleAddress, form))
		}
		for name, wrong := range map[string]func() bool{
			"token":   func() bool { return twilioSigned("12346", exampleAddress, raw, parseFields(raw), want) },
			"address": func() bool { return twilioSigned(exampleToken, exampleAddress+"3", raw, parseFields(raw), want) },
			"none":    func() bool { return twilioSigned(exampleToken, exampleAddress, raw, parseFields(raw), "") },
		} {
			if wrong() {
				t.Errorf("another %s is accepted", name)
			}
		}
		form.Set("Digits", "1235")
		raw.Body = []byte(form.Encode())
		if twilioSigned(exampleToken, exampleAddress, raw, parseFields(raw), want) {
			t.Error("another value is accepted")
		}
	}
}

func TestTwiliosOwnExampleOfABodyIsSigned(t *testing.T) {
	const want = "a9nBmqA0ju/hNViExpshrM61xv4="
	raw := rest.Raw{Type: "application/json; charset=utf-8", Query: "foo=1&bar=2&bodySHA256=" + exampleHash, Body: []byte(exampleBody)}
	signed := func(raw rest.Raw) bool {
		return twilioSigned(exampleToken, "https://mycompany.com/myapp.php?"+raw.Query, raw, parseFields(raw), want)
	}
	if !signed(raw) {
		t.Error("it is not accepted")
	}
	raw.Body = []byte(`{"property": "other", "boolean": true}`)
	if signed(raw) {
		t.Error("another body is accepted")
	}
	raw.Query = "foo=1&bar=2"
	if signed(raw) {
		t.Error("a body without a hash is accepted")
	}
}
