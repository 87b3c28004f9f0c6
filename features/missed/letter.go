package missed

import (
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/mail"
)

// sentences are the mails' own words.
type sentences struct {
	missedSubject, missedText, givenSubject, givenText string
	visitor, department, open                          string
}

var inLanguage = map[string]sentences{
	"en": {
		missedSubject: "Missed chat: {name}", missedText: "{name} wrote and left before anybody answered.",
		givenSubject: "A chat is waiting for you: {name}", givenText: "{name} was given to you while you were away and waits for an answer.",
		visitor: "Visitor", department: "Department", open: "Open the chat",
	},
	"de": {
		missedSubject: "Verpasster Chat: {name}", missedText: "{name} hat geschrieben und ist gegangen, bevor jemand geantwortet hat.",
		givenSubject: "Ein Chat wartet auf Sie: {name}", givenText: "{name} wurde Ihnen zugeteilt, während Sie weg waren, und wartet auf eine Antwort.",
		visitor: "Besucher", department: "Abteilung", open: "Chat öffnen",
	},
	"ar": {
		missedSubject: "محادثة فائتة: {name}", missedText: "كتب {name} وغادر قبل أن يرد أحد.",
		givenSubject: "محادثة بانتظارك: {name}", givenText: "أُسندت إليك محادثة {name} أثناء غيابك وهي بانتظار الرد.",
		visitor: "الزائر", department: "القسم", open: "فتح المحادثة",
	},
}

// known is the language of the texts: the agent's if there are any in it, else the server's.
func known(languages ...string) string {
	for _, l := range languages {
		l = chat.BaseLanguage(l)
		if _, ok := inLanguage[l]; ok {
			return l
		}
	}
	return "en"
}

func or(own, ours string) string {
	if strings.TrimSpace(own) != "" {
		return own
	}
	return ours
}

// story is a chat that is told of.
type story struct {
	room       chat.Room
	department string // name
	given      bool   // else missed
	event      string
}

// letter tells one agent of a chat.
func (s *Service) letter(st story, to reader) mail.Message {
	set := s.Settings.Current()
	language := known(to.language, set.Language)
	t := inLanguage[language]
	subject, text := or(set.MissedMailSubject, t.missedSubject), or(set.MissedMailText, t.missedText)
	if st.given {
		subject, text = or(set.GivenMailSubject, t.givenSubject), or(set.GivenMailText, t.givenText)
	}
	name := mail.Line(st.room.FName, 100)
	values := map[string]string{"name": name, "department": st.department, "agent": to.name}
	facts := []mail.Fact{{Label: t.visitor, Value: name}}
	if st.department != "" {
		facts = append(facts, mail.Fact{Label: t.department, Value: st.department})
	}
	parts := []mail.Part{{Text: mail.Fill(text, values)}, {Facts: facts}}
	if address := or(set.SiteURL, s.RootURL); address != "" {
		parts = append(parts, mail.Part{Link: &mail.Link{Label: t.open, URL: strings.TrimRight(address, "/") + "/console/inbox/" + string(st.room.ID)}})
	}
	return mail.Message{
		Kind: "missed", Once: mail.ID("missed", st.event, string(to.id)), About: string(st.room.V.ID),
		ID: mail.ID("missed", st.event, string(to.id)), Thread: mail.ID("room", string(st.room.ID)),
		To: mail.Address{Name: mail.Line(to.name, 100), Address: to.address}, Subject: mail.Line(mail.Fill(subject, values), 200),
		Letter: &mail.Letter{Language: language, Parts: parts},
	}
}
