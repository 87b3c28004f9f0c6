package sms

import "github.com/foyerchat/foyer/chat"

// sentences are what the server itself says, to agents or to who sent a text.
type sentences struct {
	nobody, tooLong string // to who sent it
	noFile          string
	notSent         string // the message's beginning, the reason
	off, unset      string
	unsure          string // nobody knows whether it left
	unreachable     string
	never, filesOff string // why a file does not leave
	tooLarge        string
	wrongType       string
	unsigned        string
}

var inLanguage = map[string]sentences{
	"en": {
		nobody: "Sorry, nobody is here to answer right now. Please try again later.", tooLong: "Your message is too long. Please send it in parts.",
		noFile:  "A file that came with this message could not be taken over.",
		notSent: "Not sent as a text message: “%s”. Reason: %s",
		off:     "text messages are off", unset: "the settings of the SMS service are incomplete",
		unsure: "the SMS service did not answer in time; the text may have arrived all the same", unreachable: "the SMS service cannot be reached",
		never: "this SMS service carries no files", filesOff: "files do not leave as text messages (see the SMS settings)", tooLarge: "a file may have at most 5 MB",
		wrongType: "files of this type do not leave as text messages", unsigned: "files are protected, and their links are not signed (see the file settings)",
	},
	"de": {
		nobody: "Leider ist gerade niemand da. Bitte versuchen Sie es später noch einmal.", tooLong: "Ihre Nachricht ist zu lang. Bitte senden Sie sie in Teilen.",
		noFile:  "Eine Datei zu dieser Nachricht konnte nicht übernommen werden.",
		notSent: "Nicht als SMS gesendet: „%s“. Grund: %s",
		off:     "SMS sind ausgeschaltet", unset: "die Einstellungen des SMS-Dienstes sind unvollständig",
		unsure: "der SMS-Dienst hat nicht rechtzeitig geantwortet; die SMS kann trotzdem angekommen sein", unreachable: "der SMS-Dienst ist nicht erreichbar",
		never: "dieser SMS-Dienst befördert keine Dateien", filesOff: "Dateien gehen nicht als SMS hinaus (siehe SMS-Einstellungen)", tooLarge: "eine Datei darf höchstens 5 MB haben",
		wrongType: "Dateien dieser Art gehen nicht als SMS hinaus", unsigned: "Dateien sind geschützt und ihre Links nicht signiert (siehe Datei-Einstellungen)",
	},
	"ar": {
		nobody: "عذرًا، لا يوجد أحد للرد الآن. يرجى المحاولة لاحقًا.", tooLong: "رسالتك طويلة جدًا. يرجى إرسالها على أجزاء.",
		noFile:  "تعذّر أخذ ملف أُرسل مع هذه الرسالة.",
		notSent: "لم تُرسل كرسالة قصيرة: «%s». السبب: %s",
		off:     "الرسائل القصيرة معطّلة", unset: "إعدادات خدمة الرسائل القصيرة غير مكتملة",
		unsure: "لم تردّ خدمة الرسائل القصيرة في الوقت المناسب، وقد تكون الرسالة وصلت مع ذلك", unreachable: "تعذّر الوصول إلى خدمة الرسائل القصيرة",
		never: "هذه الخدمة لا تنقل الملفات", filesOff: "الملفات لا تُرسل كرسائل قصيرة (انظر إعدادات الرسائل القصيرة)", tooLarge: "الحد الأقصى للملف 5 ميغابايت",
		wrongType: "الملفات من هذا النوع لا تُرسل كرسائل قصيرة", unsigned: "الملفات محمية وروابطها غير موقّعة (انظر إعدادات الملفات)",
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

// refusal is what who sent a text reads of why it was not taken.
func (w sentences) refusal(code string) string {
	switch code {
	case "no-agent-online":
		return w.nobody
	case "error-message-size-exceeded", "message-length-exceeds-character-limit":
		return w.tooLong
	}
	return ""
}
