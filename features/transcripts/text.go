package transcripts

import "github.com/foyerchat/foyer/chat"

// sentences are what the server itself writes into transcripts.
type sentences struct {
	subject, you, agent, visitor, notShown, served, began, ended, zone, greeting string
	joined, left, handedTo, queued, held, resumed, sla, changed                  string
}

var inLanguage = map[string]sentences{
	"en": {
		subject: "Transcript of your conversation", you: "You", agent: "Agent", visitor: "Visitor", notShown: "Attachment, not shown here: %s",
		served: "Served by", began: "Began", ended: "Ended", zone: "Time zone", greeting: "This is what was said in our conversation.",
		joined: "%s joined the chat", left: "%s left the chat", handedTo: "The chat went to %s", queued: "The chat went back to the queue",
		held: "The chat was put on hold", resumed: "The chat was resumed", sla: "The service level was changed", changed: "The chat was changed",
	},
	"de": {
		subject: "Protokoll Ihres Gesprächs", you: "Sie", agent: "Mitarbeiter", visitor: "Besucher", notShown: "Anhang, hier nicht gezeigt: %s",
		served: "Betreut von", began: "Begonnen", ended: "Beendet", zone: "Zeitzone", greeting: "Das wurde in unserem Gespräch gesagt.",
		joined: "%s ist dem Chat beigetreten", left: "%s hat den Chat verlassen", handedTo: "Der Chat ging an %s", queued: "Der Chat ging zurück in die Warteschlange",
		held: "Der Chat wurde zurückgestellt", resumed: "Der Chat wurde wieder aufgenommen", sla: "Die Servicestufe wurde geändert", changed: "Der Chat wurde geändert",
	},
	"ar": {
		subject: "نص محادثتك", you: "أنت", agent: "الموظف", visitor: "الزائر", notShown: "مرفق غير معروض هنا: %s",
		served: "الموظف المسؤول", began: "البداية", ended: "النهاية", zone: "المنطقة الزمنية", greeting: "هذا ما قيل في محادثتنا.",
		joined: "انضم %s إلى المحادثة", left: "غادر %s المحادثة", handedTo: "انتقلت المحادثة إلى %s", queued: "عادت المحادثة إلى قائمة الانتظار",
		held: "عُلّقت المحادثة", resumed: "استؤنفت المحادثة", sla: "تغيّر مستوى الخدمة", changed: "تغيّرت المحادثة",
	},
}

// textsIn are the sentences in a language, English when we have none in it.
func textsIn(language string) (string, sentences) {
	base := chat.BaseLanguage(language)
	if t, ok := inLanguage[base]; ok {
		return base, t
	}
	return "en", inLanguage["en"]
}
