package chat

// RoomEmail is what of a room's mails is needed to write back (webhooks.md 8.2).
type RoomEmail struct {
	Inbox   string   `json:"inbox"`             // its address
	Thread  []string `json:"thread"`            // the latest ids of mails that belong here
	ReplyTo string   `json:"replyTo,omitempty"` // where answers go
	Subject string   `json:"subject,omitempty"`
}

// mostThread is how many ids of mails a room shows.
const mostThread = 50

// Join adds ids of mails to those that belong here and reports whether one is new.
func (e *RoomEmail) Join(ids []string) (new bool) {
	known := map[string]bool{}
	for _, id := range e.Thread {
		known[id] = true
	}
	joined := append([]string{}, e.Thread...)
	for _, id := range ids {
		if !known[id] {
			known[id], new = true, true
			joined = append(joined, id)
		}
	}
	e.Thread = joined[max(0, len(joined)-mostThread):]
	return new
}

// MessageEmail is the mail that a message is: one that came, or one that is sent.
type MessageEmail struct {
	ID         string   `json:"messageId"` // its Message-ID, without < and >
	Inbox      InboxID  `json:"inbox"`
	From       string   `json:"from,omitempty"`    // of one that came
	ReplyTo    string   `json:"replyTo,omitempty"` // where an answer to it goes
	To         string   `json:"to,omitempty"`      // of one that is sent
	Subject    string   `json:"subject,omitempty"`
	References []string `json:"references,omitempty"`

	Quotes    MessageID `json:"quotes,omitempty"` // the message it answers
	QuoteFrom string    `json:"quoteFrom,omitempty"`
	QuoteText string    `json:"quoteText,omitempty"` // the beginning of that

	State  SendState `json:"state,omitempty"`  // of one that is sent
	Error  string    `json:"error,omitempty"`  // why it has not gone, as the server put it
	Notice string    `json:"notice,omitempty"` // of a MessageMail: what it tells of
}

// Came reports whether it is a mail of the visitor.
func (e *MessageEmail) Came() bool { return e != nil && e.From != "" }

// SendState is what became of a mail that is sent.
type SendState string

// The states.
const (
	MailSending SendState = "sending"
	MailSent    SendState = "sent"
	MailFailed  SendState = "failed"
)

// The notices of a MessageMail.
const (
	NoticeNotSent = "not-sent" // Error says why
	NoticeLeftOut = "left-out" // a file, named by Subject, was not taken over
)

// The Errors of a mail that was not taken over as a whole.
const (
	MailCut     = "error-mail-too-large"      // only its beginning
	MailCrowded = "error-mail-too-many-parts" // with more parts or files than are taken
)

// InboxID names an e-mail inbox.
type InboxID string

// Correspondent is who wrote a mail.
type Correspondent struct {
	Known      VisitorID // empty: he has written none before
	Address    string
	Name       string
	Site       SiteID
	Department DepartmentID // of the inbox
}

// Reaching asks for the room that a mail belongs into.
type Reaching struct {
	Visitor VisitorID
	Room    RoomID // that shares its thread, or empty
	Source  Source
	Email   RoomEmail // of a new one; its thread joins that of another
}
