package integrations

import (
	"bytes"
	"encoding/json"
	"mime"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
)

// Check is what the site said about a visitor, or why it said nothing.
type Check struct {
	ID       string        `json:"_id"`
	At       clock.Instant `json:"at"`
	By       string        `json:"by,omitempty" doc:"Username of the agent who asked again; absent: the page asked."`
	Reason   string        `json:"reason,omitempty" doc:"Why it is not verified: status-404, timed-out and the like; absent: the site answered."`
	LoggedIn *bool         `json:"loggedIn,omitempty" doc:"As the site says; absent: it does not say."`
	Fields   []Field       `json:"fields" doc:"The answer's fields, name, email and url first."`
	Text     string        `json:"text,omitempty" doc:"An answer in plain text."`
}

// signedInAs is the address under which the site says the visitor is signed in; empty: it
// does not say both.
func (c Check) signedInAs() string {
	if c.LoggedIn == nil || !*c.LoggedIn {
		return ""
	}
	for _, f := range c.Fields {
		if f.Name == "email" {
			return f.Value
		}
	}
	return ""
}

// Field is one field of an answer.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// reasonUnreadable is why an answer that is neither an object nor text counts as none.
const reasonUnreadable = "unreadable"

// first are the fields that are shown before the others.
var first = []string{"name", "email", "url"}

// parseAnswer reads an answer: an object in JSON, or text. What calls itself JSON and
// is none was cut or is wrong, and is shown as text.
func parseAnswer(contentType string, body []byte) Check {
	kind, _, _ := mime.ParseMediaType(contentType)
	text := strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(string(body), ""), "\x00", ""))
	switch {
	case kind == "application/json":
		if c, ok := parseObject([]byte(text)); ok {
			return c
		}
	case kind != "" && !strings.HasPrefix(kind, "text/"):
		return Check{Reason: reasonUnreadable}
	}
	if text == "" {
		return Check{Reason: reasonUnreadable}
	}
	return Check{Text: text, Fields: []Field{}}
}

// parseObject reads a JSON object in the order it was written in.
func parseObject(body []byte) (Check, bool) {
	c := Check{Fields: []Field{}}
	if !json.Valid(body) || !bytes.HasPrefix(body, []byte("{")) {
		return c, false
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.Token() // the brace
	for d.More() {
		key, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return c, false
		}
		name, _ := key.(string)
		var flag bool
		if name == "logged_in" && json.Unmarshal(value, &flag) == nil {
			c.LoggedIn = &flag
			continue
		}
		c.Fields = append(c.Fields, Field{name, plain(value)})
	}
	slices.SortStableFunc(c.Fields, func(a, b Field) int { return rank(a) - rank(b) })
	return c, true
}

func rank(f Field) int {
	if i := slices.Index(first, f.Name); i >= 0 {
		return i
	}
	return len(first)
}

// plain is a text without its quotes, anything else as it is written.
func plain(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil && string(value) != "null" {
		return strings.ReplaceAll(text, "\x00", "")
	}
	return string(value)
}
