// Package inboxes tests the e-mail channel as a whole, on both engines: a real IMAP and a
// real SMTP conversation, the chats in between through their endpoints.
package inboxes

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/house"
)

// office is the whole server and a mail provider.
type office struct {
	*house.House
	post *post
}

func each(t *testing.T, f func(t *testing.T, h *office)) {
	house.Each(t, nil, func(t *testing.T, h *house.House) {
		h.JobsFail = true
		f(t, &office{h, newPost(t)})
	})
}

// inbox is the request that makes one at the provider.
func (h *office) inbox(change ...any) map[string]any {
	server := func(port int) map[string]any {
		return map[string]any{"server": "127.0.0.1", "port": port, "username": "shop", "password": password, "secure": false}
	}
	imap := server(h.post.imapPort)
	imap["maxRetries"] = 3
	r := map[string]any{"active": true, "name": "Shop", "email": "Shop@Example.org", "senderInfo": "The Shop", "smtp": server(h.post.smtpPort), "imap": imap}
	for n := 0; n < len(change); n += 2 {
		r[change[n].(string)] = change[n+1]
	}
	return r
}

// watches has the server look after the inboxes until the function it returns is called.
func (h *office) watches() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended, inside := make(chan struct{}), h.Inside
	go func() { inside.Inboxes.Run(ctx); close(ended) }()
	once := false
	stop = func() {
		if !once {
			once = true
			cancel()
			<-ended
		}
	}
	h.T.Cleanup(stop)
	return stop
}

// until waits for what other goroutines do; they wait for nothing but the network of this machine.
func (h *office) until(what string, is func() bool) {
	h.T.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			h.T.Fatalf("%s: not within 20 s", what)
		}
		h.Inside.Inboxes.Forget() // as every node does on InboxesChanged
	}
	h.Settle()
}

// seen waits until every mail was taken in.
func (h *office) seen() {
	h.T.Helper()
	h.until("all mails seen", func() bool { n, _ := h.post.unseen(); return n == 0 })
}

// status is how it goes with the only inbox.
func (h *office) status() string {
	a := h.Call("boss", "GET", "email-inbox.list", nil)
	return fmt.Sprint(a.At("emailInboxes.0.active"), " ", a.At("emailInboxes.0.status.state"), " ", a.At("emailInboxes.0.status.failures"), " ", a.At("emailInboxes.0.status.error"))
}

// written is a mail of ann's; the lines are headers, an empty one, and the text.
func written(id string, lines ...string) string {
	return "From: Ann Bee <Ann@example.com>\nTo: shop@example.org\nMessage-ID: <" + id + ">\n" + strings.Join(lines, "\n") + "\n"
}

// brings delivers a mail now and waits until it was taken in.
func (h *office) brings(raw string) {
	h.T.Helper()
	h.post.brings(h.Clock.Now().Time().Add(time.Second), raw)
	h.seen()
}

// rooms are the rooms of mails, the oldest first.
func (h *office) rooms() []string {
	h.T.Helper()
	all, err := db.All(context.Background(), h.Inside.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT id FROM rooms WHERE source_type = 'email' ORDER BY ts, id`)
	h.Must(err)
	return all
}

// said are the texts of a room's messages, system messages in parentheses.
func (h *office) said(rid string) (all []string) {
	h.T.Helper()
	for _, m := range h.messages(rid) {
		text := fmt.Sprint(m["msg"])
		if m["t"] != nil {
			text = fmt.Sprintf("(%s)", m["t"])
		}
		all = append(all, text)
	}
	return all
}

func (h *office) messages(rid string) (all []map[string]any) {
	h.T.Helper()
	list, _ := h.Call("boss", "GET", "foyer/rooms/"+rid+"/history", nil).At("messages").([]any)
	for _, m := range list {
		all = append(all, m.(map[string]any))
	}
	return all
}

// answers says something as an agent to a mail, as clients quote it.
func (h *office) answers(agent, rid, message, text string) house.Answer {
	h.T.Helper()
	return h.Call(agent, "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": "[ ](https://chat.example/live/" + rid + "?msg=" + message + ") " + text}})
}

// upload sends a file as an agent.
func (h *office) upload(agent, rid, name, content string) (message string) {
	h.T.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	h.Must(err)
	part.Write([]byte(content))
	w.Close()
	out := h.Send("POST", "/api/v1/rooms.media/"+rid, w.FormDataContentType(), b.String(), house.As(agent)...)
	if out.Status != 200 {
		h.T.Fatalf("%d %s", out.Status, out.Text)
	}
	a := h.OK(agent, "POST", fmt.Sprint("rooms.mediaConfirm/", rid, "/", out.At("file._id")), map[string]any{"msg": ""})
	message, _ = a.At("message._id").(string)
	return message
}
