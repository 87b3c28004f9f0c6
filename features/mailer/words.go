package mailer

import "strings"

// sentences are what the server itself writes into mails.
type sentences struct {
	testSubject, testText                                  string
	unsubscribe, unsubscribeAsk, unsubscribed, unsubNoSuch string
}

var inLanguage = map[string]sentences{
	"en": {
		testSubject: "Test mail", testText: "If you read this, mails leave this server.",
		unsubscribe: "Unsubscribe", unsubscribeAsk: "Do you want no more mails to all users from this server?",
		unsubscribed: "Done: you will get no more of these mails.", unsubNoSuch: "This link is not valid any more.",
	},
	"de": {
		testSubject: "Testmail", testText: "Wenn Sie das lesen, verlassen E-Mails diesen Server.",
		unsubscribe: "Abbestellen", unsubscribeAsk: "Möchten Sie von diesem Server keine E-Mails an alle Benutzer mehr bekommen?",
		unsubscribed: "Erledigt: Sie bekommen keine solchen E-Mails mehr.", unsubNoSuch: "Dieser Link ist nicht mehr gültig.",
	},
	"ar": {
		testSubject: "رسالة تجريبية", testText: "إذا كنت تقرأ هذا فإن الرسائل تغادر هذا الخادم.",
		unsubscribe: "إلغاء الاشتراك", unsubscribeAsk: "هل تريد عدم استلام رسائل إلى جميع المستخدمين من هذا الخادم؟",
		unsubscribed: "تم: لن تصلك هذه الرسائل بعد الآن.", unsubNoSuch: "هذا الرابط لم يعد صالحًا.",
	},
}

// words are the sentences in a language, English when we have none in it.
func words(language string) sentences {
	l, _, _ := strings.Cut(strings.ToLower(language), "-")
	if t, ok := inLanguage[l]; ok {
		return t
	}
	return inLanguage["en"]
}
