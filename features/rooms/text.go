package rooms

import (
	"strings"

	"github.com/foyerchat/foyer/chat"
)

// sentences are what the server itself writes into conversations.
type sentences struct {
	closedByVisitor string
	blocked         string
	deactivated     string
	agentLeft       string
	abandoned       string // visitor, seconds
	heldTooLong     string // seconds
	waitedTooLong   string // minutes
	heldBy          string // user
	heldSilent      string // visitor, seconds
	resumedBy       string // user
	resumedAsked    string // visitor
	notMailed       string // address
	leftOut         string // file
	cutOff, crowded string
}

var inLanguage = map[string]sentences{
	"en": {
		closedByVisitor: "Closed by visitor",
		blocked:         "Closed because this channel was blocked",
		deactivated:     "Agent was deactivated",
		agentLeft:       "The agent left the conversation",
		abandoned:       "Closed automatically because %s did not answer for %d seconds",
		heldTooLong:     "Closed automatically because the chat was On Hold for %d seconds",
		waitedTooLong:   "Closed automatically because the chat waited longer than the maximum of %d minutes",
		heldBy:          "The chat was manually placed On Hold by %s",
		heldSilent:      "The chat was automatically placed On Hold because %s did not answer for %d seconds",
		resumedBy:       "The chat was manually resumed from On Hold by %s",
		resumedAsked:    "The chat was automatically resumed from On Hold because %s sent a message",
		notMailed:       "The answer could not be mailed to %s",
		leftOut:         "The file %s of the mail was not taken over",
		cutOff:          "The mail is too large: only its beginning was taken over",
		crowded:         "The mail has too many parts or files: not all were taken over",
	},
	"de": {
		closedByVisitor: "Vom Besucher beendet",
		blocked:         "Beendet, weil dieser Kanal gesperrt wurde",
		deactivated:     "Der Mitarbeiter wurde deaktiviert",
		agentLeft:       "Der Mitarbeiter hat das Gespräch verlassen",
		abandoned:       "Automatisch beendet, weil %s %d Sekunden lang nicht geantwortet hat",
		heldTooLong:     "Automatisch beendet, weil der Chat %d Sekunden lang zurückgestellt war",
		waitedTooLong:   "Automatisch beendet, weil der Chat länger als die erlaubten %d Minuten gewartet hat",
		heldBy:          "Der Chat wurde von %s zurückgestellt",
		heldSilent:      "Der Chat wurde automatisch zurückgestellt, weil %s %d Sekunden lang nicht geantwortet hat",
		resumedBy:       "Der Chat wurde von %s wieder aufgenommen",
		resumedAsked:    "Der Chat wurde automatisch wieder aufgenommen, weil %s geschrieben hat",
		notMailed:       "Die Antwort konnte nicht an %s gesendet werden",
		leftOut:         "Die Datei %s der E-Mail wurde nicht übernommen",
		cutOff:          "Die E-Mail ist zu groß: Nur ihr Anfang wurde übernommen",
		crowded:         "Die E-Mail hat zu viele Teile oder Dateien: Nicht alle wurden übernommen",
	},
	"ar": {
		closedByVisitor: "أنهى الزائر المحادثة",
		blocked:         "أُغلقت لأن هذه القناة حُظرت",
		deactivated:     "تم تعطيل حساب الموظف",
		agentLeft:       "غادر الموظف المحادثة",
		abandoned:       "أُغلقت المحادثة تلقائيًا لأن %s لم يرد لمدة %d ثانية",
		heldTooLong:     "أُغلقت المحادثة تلقائيًا لأنها بقيت معلّقة لمدة %d ثانية",
		waitedTooLong:   "أُغلقت المحادثة تلقائيًا لأنها انتظرت أكثر من الحد الأقصى وهو %d دقيقة",
		heldBy:          "علّق %s المحادثة",
		heldSilent:      "عُلّقت المحادثة تلقائيًا لأن %s لم يرد لمدة %d ثانية",
		resumedBy:       "استأنف %s المحادثة المعلّقة",
		resumedAsked:    "استؤنفت المحادثة المعلّقة تلقائيًا لأن %s أرسل رسالة",
		notMailed:       "تعذّر إرسال الرد إلى %s",
		leftOut:         "لم يُؤخذ الملف %s من الرسالة",
		cutOff:          "الرسالة كبيرة جدًا: أُخذت بدايتها فقط",
		crowded:         "في الرسالة أجزاء أو ملفات أكثر من اللازم: لم تُؤخذ كلها",
	},
}

// texts are the sentences in the server's language, English when we have none in it.
func (s *Service) texts() sentences {
	language := chat.BaseLanguage(s.Settings.Current().Language)
	if t, ok := inLanguage[language]; ok {
		return t
	}
	return inLanguage["en"]
}

// orSentence is the administrator's text or, when there is none, ours.
func orSentence(own, ours string) string {
	if strings.TrimSpace(own) != "" {
		return own
	}
	return ours
}
