package messenger

import "github.com/foyerchat/foyer/chat"

// sentences are what the server itself says to agents.
type sentences struct {
	place, unknown string // of what is no text
	noFile         string
	notSent        string // the message's beginning, the reason
	off, noToken   string
	unreachable    string
	tooLarge       string
	unsigned       string
}

var inLanguage = map[string]sentences{
	"en": {
		place: "Place:", unknown: "(Something that only Messenger shows)",
		noFile:  "A file that came with this message could not be taken over.",
		notSent: "Not sent to Messenger: “%s”. Reason: %s",
		off:     "Messenger is off", noToken: "there is no access token for this page",
		unreachable: "Facebook cannot be reached", tooLarge: "a file may have at most 25 MB",
		unsigned: "files are protected, and their links are not signed (see the file settings)",
	},
	"de": {
		place: "Ort:", unknown: "(Etwas, das nur Messenger zeigt)",
		noFile:  "Eine Datei zu dieser Nachricht konnte nicht übernommen werden.",
		notSent: "Nicht an Messenger gesendet: „%s“. Grund: %s",
		off:     "Messenger ist ausgeschaltet", noToken: "für diese Seite gibt es keinen Zugriffsschlüssel",
		unreachable: "Facebook ist nicht erreichbar", tooLarge: "eine Datei darf höchstens 25 MB haben",
		unsigned: "Dateien sind geschützt und ihre Links nicht signiert (siehe Datei-Einstellungen)",
	},
	"ar": {
		place: "الموقع:", unknown: "(شيء لا يعرضه إلا ماسنجر)",
		noFile:  "تعذّر أخذ ملف أُرسل مع هذه الرسالة.",
		notSent: "لم تُرسل إلى ماسنجر: «%s». السبب: %s",
		off:     "ماسنجر معطّل", noToken: "لا يوجد رمز وصول لهذه الصفحة",
		unreachable: "تعذّر الوصول إلى فيسبوك", tooLarge: "الحد الأقصى للملف 25 ميغابايت",
		unsigned: "الملفات محمية وروابطها غير موقّعة (انظر إعدادات الملفات)",
	},
}

// words are the sentences in the server's language, English when we have none in it.
func (s *Service) words() sentences {
	language := chat.BaseLanguage(s.Settings.Current().Language)
	if t, ok := inLanguage[language]; ok {
		return t
	}
	return inLanguage["en"]
}
