package chat

import "github.com/foyerchat/foyer/platform/clock"

// TranscriptRequest is a transcript that is mailed when the chat ends (lifecycle 1.4).
type TranscriptRequest struct {
	Email       string        `json:"email"`
	Subject     string        `json:"subject"`
	RequestedAt clock.Instant `json:"requestedAt"`
	RequestedBy UserRef       `json:"requestedBy"`
}

// RequestData says who had a transcript sent.
type RequestData struct {
	Type    string   `json:"type"` // visitor or user
	Visitor *Sender  `json:"visitor,omitempty"`
	User    *UserRef `json:"user,omitempty"`
}

// MailWish is what a closing says about a mailed transcript.
type MailWish struct {
	Send           bool
	Email, Subject string
}

// Ending is a chat that is being closed, for who decides about its transcripts.
type Ending struct {
	Room Room
	By   Actor
	Mail *MailWish // nil: nothing said
	PDF  *bool     // nil: nothing said
}

// Planned are the transcripts that will be made of a chat that ends.
type Planned struct{ Mail, PDF bool }
