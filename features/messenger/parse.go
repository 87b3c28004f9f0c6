package messenger

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// note is what a person wrote, as it waits to be put into his chat.
type note struct {
	id    string // of a repeat the same one
	from  person
	name  string         // a gateway's; empty: ask Facebook
	own   chat.MessageID // the id a gateway gives its message; empty: one is derived
	came  clock.Instant  // when it was kept
	later bool           // whether it is worked on again if a file cannot be had now
	Text  string         `json:"text"`
	Media []string       `json:"media,omitempty"`
}

// empty reports whether there is nothing in it.
func (n note) empty() bool { return strings.TrimSpace(n.Text) == "" && len(n.Media) == 0 }

// mostMedia is how many files one message brings.
const mostMedia = 10

type attachment struct {
	Type    string `json:"type"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Payload struct {
		Title       string `json:"title"`
		URL         string `json:"url"`
		Coordinates *struct {
			Lat  json.Number `json:"lat"`
			Long json.Number `json:"long"`
		} `json:"coordinates"`
	} `json:"payload"`
}

// body is a call: what Facebook tells of pages, or one message from a gateway.
type body struct {
	Object string `json:"object"`
	Entry  []struct {
		ID        string            `json:"id"`
		Messaging []json.RawMessage `json:"messaging"`
	} `json:"entry"`

	MID         string          `json:"mid"`
	Page        json.RawMessage `json:"page"`
	Token       string          `json:"token"`
	FirstName   string          `json:"first_name"`
	LastName    string          `json:"last_name"`
	Text        string          `json:"text"`
	Attachments []attachment    `json:"attachments"`
}

// event is one thing that happened on a page.
type event struct {
	Sender  struct{ ID string } `json:"sender"`
	Message *struct {
		MID         string       `json:"mid"`
		Text        string       `json:"text"`
		IsEcho      bool         `json:"is_echo"`
		Attachments []attachment `json:"attachments"`
		QuickReply  *struct {
			Payload string `json:"payload"`
		} `json:"quick_reply"`
	} `json:"message"`
	Postback *struct {
		MID     string `json:"mid"`
		Title   string `json:"title"`
		Payload string `json:"payload"`
	} `json:"postback"`
}

// usableID is what Facebook's ids look like, generously.
var usableID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// notes are the messages in what Facebook tells; deliveries, reads, what the page itself
// said and what is not understood are none.
func (b body) notes(w sentences) (all []note) {
	for _, e := range b.Entry {
		for _, raw := range e.Messaging {
			if n, ok := noteOf(e.ID, raw, w); ok {
				all = append(all, n)
			}
		}
	}
	return all
}

func noteOf(page string, raw json.RawMessage, w sentences) (n note, ok bool) {
	var e event
	if json.Unmarshal(raw, &e) != nil || !usableID.MatchString(page) || !usableID.MatchString(e.Sender.ID) || e.Sender.ID == page {
		return n, false
	}
	n.from = person{page, e.Sender.ID}
	mid := ""
	switch {
	case e.Message != nil && !e.Message.IsEcho:
		mid, n.Text = e.Message.MID, e.Message.Text
		if q := e.Message.QuickReply; q != nil && n.Text == "" {
			n.Text = q.Payload
		}
		n.add(e.Message.Attachments, w)
	case e.Postback != nil:
		mid, n.Text = e.Postback.MID, e.Postback.Title
		if n.Text == "" {
			n.Text = e.Postback.Payload
		}
	}
	if mid == "" { // the very bytes tell a repeat
		mid = string(raw)
	}
	n.id, n.Text = derivedID(page, n.from.id, mid), clean(n.Text)
	return n, !n.empty()
}

// files are the kinds of attachments that are fetched.
var files = map[string]bool{"image": true, "audio": true, "video": true, "file": true}

// add takes attachments over: files are fetched later, the rest is told in words.
func (n *note) add(all []attachment, w sentences) {
	for _, a := range all {
		url := clean(a.Payload.URL)
		switch {
		case files[a.Type] && url != "" && len(n.Media) < mostMedia:
			n.Media = append(n.Media, url)
		default:
			n.Text = strings.TrimSpace(n.Text + "\n" + a.words(w))
		}
	}
}

// words are an attachment that is no file.
func (a attachment) words(w sentences) string {
	var lines []string
	for _, s := range []string{a.Title, a.Payload.Title} {
		if s = line(s); s != "" && len(lines) == 0 {
			lines = append(lines, s)
		}
	}
	if at := a.Payload.Coordinates; at != nil && at.Lat != "" && at.Long != "" {
		lines = append(lines, w.place+" "+at.Lat.String()+", "+at.Long.String())
	}
	for _, u := range []string{a.URL, a.Payload.URL} {
		if u = line(u); strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
			lines = append(lines, u)
			break
		}
	}
	if len(lines) == 0 {
		lines = append(lines, w.unknown)
	}
	return strings.Join(lines, "\n")
}

// messageID is what a client may call a message of its own.
var messageID = regexp.MustCompile(`^[!-~]{1,64}$`)

// longestToken is how long the name of a gateway's visitor may be.
const longestToken = 200

// relayed is the message of a gateway; false: it says nothing, or of nobody.
func (b body) relayed(w sentences) (n note, ok bool) {
	page := b.page()
	if !usableID.MatchString(page) || b.Token == "" || len(b.Token) > longestToken || clean(b.Token) != b.Token {
		return n, false
	}
	n.from, n.name, n.Text = person{page, b.Token}, line(b.FirstName+" "+b.LastName), b.Text
	n.add(b.Attachments, w)
	n.Text = clean(n.Text)
	if b.MID != "" {
		n.id = derivedID(page, b.Token, b.MID)
	}
	if messageID.MatchString(b.MID) {
		n.own = chat.MessageID(b.MID)
	}
	return n, !n.empty()
}

// page is the id of a gateway's page, alone or in an object.
func (b body) page() (id string) {
	var object struct{ ID string }
	if bytes.HasPrefix(b.Page, []byte("{")) && json.Unmarshal(b.Page, &object) == nil {
		return object.ID
	}
	_ = json.Unmarshal(b.Page, &id) // what is no text is no page
	return id
}
