package webhooks

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/mileusna/useragent"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// Payload is the body of a request (webhooks.md 1.6); what is absent is left out.
type Payload struct {
	Type            string            `json:"type"`
	ID              chat.RoomID       `json:"_id"`
	Label           string            `json:"label,omitempty"`
	Topic           string            `json:"topic,omitempty"`
	Code            int64             `json:"code,omitempty"`
	CreatedAt       clock.Instant     `json:"createdAt,omitzero"`
	LastMessageAt   clock.Instant     `json:"lastMessageAt,omitzero"`
	Tags            []string          `json:"tags,omitempty"`
	CustomFields    map[string]string `json:"customFields,omitempty"`
	Visitor         Visitor           `json:"visitor"`
	Agent           *Agent            `json:"agent,omitempty"`
	CRMData         string            `json:"crmData,omitempty"`
	DepartmentID    chat.DepartmentID `json:"departmentId,omitempty"`
	ServedBy        *chat.ServedBy    `json:"servedBy,omitempty"`
	OldServedBy     *chat.ServedBy    `json:"oldServedBy,omitempty"`
	OldDepartmentID chat.DepartmentID `json:"oldDepartmentId,omitempty"`
	ClosedAt        clock.Instant     `json:"closedAt,omitzero"`
	ClosedBy        *Person           `json:"closedBy,omitempty"`
	Closer          chat.Closer       `json:"closer,omitempty"`
	Survey          map[string]string `json:"survey,omitempty"`
	Messages        []Message         `json:"messages"`
}

// Visitor is who asks. Email and Phone are one text each, or lists when the
// receiver is written for current Rocket.Chat (decision D1).
type Visitor struct {
	ID           chat.VisitorID    `json:"_id"`
	Token        string            `json:"token,omitempty"`
	Name         string            `json:"name,omitempty"`
	Username     string            `json:"username,omitempty"`
	Department   chat.DepartmentID `json:"department,omitempty"`
	Email        any               `json:"email,omitempty"`
	Phone        any               `json:"phone,omitempty"`
	Emails       []chat.Email      `json:"emails,omitempty"`
	Phones       []chat.Phone      `json:"phones,omitempty"`
	IP           string            `json:"ip,omitempty"`
	OS           string            `json:"os,omitempty"`
	Browser      string            `json:"browser,omitempty"`
	CustomFields map[string]string `json:"customFields,omitempty"`
}

// Agent is who serves.
type Agent struct {
	ID       chat.AgentID `json:"_id"`
	Username string       `json:"username"`
	Name     string       `json:"name,omitempty"`
	Email    string       `json:"email,omitempty"`
}

// Person names whoever closed a chat.
type Person struct {
	ID       chat.UserID `json:"_id"`
	Username string      `json:"username"`
}

// Message is one message (webhooks.md 1.7).
type Message struct {
	ID             chat.MessageID `json:"_id,omitempty"`
	RID            chat.RoomID    `json:"rid,omitempty"`
	U              *chat.Sender   `json:"u,omitempty"`
	Username       string         `json:"username"`
	AgentID        string         `json:"agentId,omitempty"`
	Msg            string         `json:"msg"`
	TS             clock.Instant  `json:"ts"`
	EditedAt       clock.Instant  `json:"editedAt,omitzero"`
	UpdatedAt      clock.Instant  `json:"_updatedAt,omitzero"`
	ClosingMessage bool           `json:"closingMessage,omitempty"`

	Blocks      []chat.Block      `json:"blocks,omitempty"`
	Navigation  *chat.Navigation  `json:"navigation,omitempty"`
	File        *File             `json:"file,omitempty"`
	Attachments []chat.Attachment `json:"attachments,omitempty"`
	FileUpload  *FileUpload       `json:"fileUpload,omitempty"`
}

// File names a message's file (webhooks.md 1.12).
type File struct {
	chat.FileRef
	Size int64 `json:"size,omitempty"`
}

// FileUpload is where the receiver reads the file.
type FileUpload struct {
	PublicFilePath string `json:"publicFilePath"`
	Type           string `json:"type"`
	Size           int64  `json:"size,omitempty"`
}

// OfflinePayload is the body for an offline message (webhooks.md 1.9).
type OfflinePayload struct {
	Type       string         `json:"type"`
	SentAt     clock.Instant  `json:"sentAt"`
	Visitor    OfflineVisitor `json:"visitor"`
	Message    string         `json:"message"`
	Department string         `json:"department,omitempty"`
	Host       string         `json:"host,omitempty"`
}

// OfflineVisitor is who wrote it, as the form says.
type OfflineVisitor struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

func offlinePayload(m chat.OfflineMessage) *OfflinePayload {
	department := string(m.Department)
	if department == "" {
		department = m.Asked
	}
	return &OfflinePayload{types[Offline], m.At, OfflineVisitor{m.Name, m.Email}, m.Text, department, m.Host}
}

func told(m chat.Message) Message {
	t := Message{ID: m.ID, RID: m.RID, U: &m.U, Username: m.U.Username, Msg: m.Msg, TS: m.TS, EditedAt: m.EditedAt,
		UpdatedAt: m.UpdatedAt, ClosingMessage: m.T == chat.MessageClosed, Blocks: m.Blocks}
	if m.Msg == "" && m.Blocks != nil {
		text, _ := json.Marshal(m.Blocks) // they came as JSON
		t.Msg = string(text)
	}
	if !m.ByVisitor() {
		t.AgentID = m.U.ID
	}
	if m.T == chat.MessageNavigation {
		t.Navigation = m.Navigation
	}
	t.share(m.Shared)
	return t
}

// share tells of a message's file; the small picture of it is left out.
func (m *Message) share(s chat.Shared) {
	if s.File == nil {
		return
	}
	m.File = &File{FileRef: *s.File}
	for _, a := range s.Attachments {
		a.ImagePreview = ""
		m.Attachments = append(m.Attachments, a)
		m.File.Size = max(m.File.Size, a.Size, a.ImageSize, a.AudioSize, a.VideoSize)
	}
}

// complement adds what the messages of a payload do not have of themselves: where their
// files are read, and whose page visits they are.
func (s *Service) complement(ctx context.Context, p Payload) error {
	for i := range p.Messages {
		m := &p.Messages[i]
		if m.Navigation != nil {
			m.Navigation = &chat.Navigation{Page: m.Navigation.Page, Token: p.Visitor.Token}
		}
		if m.File == nil {
			continue
		}
		path, err := s.Files.Link(ctx, m.File.ID)
		if err != nil {
			return err
		}
		if path != "" {
			m.FileUpload = &FileUpload{s.site() + path, m.File.Type, m.File.Size}
		}
	}
	return nil
}

// site is the address of this server.
func (s *Service) site() string {
	if set := s.Settings.Current().SiteURL; set != "" {
		return strings.TrimSuffix(set, "/")
	}
	return strings.TrimSuffix(s.RootURL, "/")
}

// contacts fills in addresses and numbers, first ones as texts unless lists are wanted.
func (v *Visitor) contacts(mails []chat.Email, numbers []chat.Phone, lists bool) {
	v.Emails, v.Phones = mails, numbers
	if len(mails) > 0 {
		v.Email = mails[0].Address
	}
	if len(numbers) > 0 {
		v.Phone = numbers[0].PhoneNumber
	}
	if lists && len(mails) > 0 {
		v.Email = mails
	}
	if lists && len(numbers) > 0 {
		v.Phone = numbers
	}
}

// device names operating system and browser of a user agent.
func (v *Visitor) device(agent string) {
	if agent == "" {
		return
	}
	ua := useragent.Parse(agent)
	v.OS, v.Browser = joined(ua.OS, ua.OSVersion), joined(ua.Name, ua.Version)
}

func joined(name, version string) string {
	if name == "" || version == "" {
		return name
	}
	return name + " " + version
}
