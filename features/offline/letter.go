package offline

import (
	"cmp"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/mail"
)

// sentences are the mail's own words.
type sentences struct {
	subject, text, name, email, phone, department, agent, host, sent, left string
}

var inLanguage = map[string]sentences{
	"en": {
		subject: "Message from the website: {name}: {message}",
		text:    "A visitor left a message while nobody was reachable. Answer this mail to write to the visitor.",
		name:    "Name", email: "E-mail", phone: "Phone", department: "Department", host: "Page",
		sent: "Your message has been sent. We will answer by e-mail.", left: "I left this on", agent: "Wished agent",
	},
	"de": {
		subject: "Nachricht von der Website: {name}: {message}",
		text:    "Ein Besucher hat eine Nachricht hinterlassen, als niemand erreichbar war. Eine Antwort auf diese E-Mail geht an den Besucher.",
		name:    "Name", email: "E-Mail", phone: "Telefon", department: "Abteilung", host: "Seite",
		sent: "Ihre Nachricht ist gesendet. Wir antworten per E-Mail.", left: "Meine Nachricht vom", agent: "Gewünschter Mitarbeiter",
	},
	"ar": {
		subject: "رسالة من الموقع: {name}: {message}",
		text:    "ترك أحد الزوار رسالة عندما لم يكن أحد متاحًا. الرد على هذه الرسالة يصل إلى الزائر.",
		name:    "الاسم", email: "البريد الإلكتروني", phone: "الهاتف", department: "القسم", host: "الصفحة",
		sent: "أُرسلت رسالتك. سنرد عليك بالبريد الإلكتروني.", left: "تركت هذه الرسالة في", agent: "الموظف المطلوب",
	},
}

func texts(s *chat.Settings) sentences {
	language := chat.BaseLanguage(s.Language)
	if t, ok := inLanguage[language]; ok {
		return t
	}
	return inLanguage["en"]
}

func or(own, ours string) string {
	if strings.TrimSpace(own) != "" {
		return own
	}
	return ours
}

// letter is the mail about a message to one receiver (LC-OFF-4).
func letter(m chat.OfflineMessage, department string, to mail.Address, s *chat.Settings) mail.Message {
	t := texts(s)
	values := map[string]string{"name": m.Name, "email": m.Email, "department": department, "message": mail.Line(m.Text, shown)}
	facts := []mail.Fact{{Label: t.name, Value: m.Name}, {Label: t.email, Value: m.Email}}
	for _, f := range []mail.Fact{{Label: t.phone, Value: m.Phone}, {Label: t.department, Value: department}, {Label: t.agent, Value: chosen(m)}, {Label: t.host, Value: m.Host}} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	return mail.Message{
		Kind: "offline", About: m.ID, ID: mail.ID("offline", m.ID),
		From: mail.Address{Name: m.Name}, To: to, ReplyTo: &mail.Address{Name: m.Name, Address: m.Email},
		Subject: mail.Line(mail.Fill(or(s.OfflineMailSubject, t.subject), values), 200),
		Letter: &mail.Letter{Parts: []mail.Part{
			{Text: mail.Fill(or(s.OfflineMailText, t.text), values)}, {Facts: facts}, {Quote: m.Text},
		}},
	}
}

// chosen is the name of whom the visitor chose.
func chosen(m chat.OfflineMessage) string {
	if m.Agent == nil {
		return ""
	}
	return cmp.Or(m.Agent.Name, m.Agent.Username)
}
