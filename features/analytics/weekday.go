package analytics

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// weekdays are the names of days in the server's other languages, Sunday first.
var weekdays = map[string][7]string{
	"de": {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
	"ar": {"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
}

// weekday is the name of a day in the caller's language, else the server's, else English
// (AN-17).
func (s *Service) weekday(ctx context.Context, day time.Weekday) (string, error) {
	own, err := languageOf(ctx, s.DB, rest.Identity[chat.Actor](ctx).User)
	for _, language := range []string{own, s.Settings.Current().Language} {
		base := chat.BaseLanguage(language)
		if names, ok := weekdays[base]; ok {
			return names[day], err
		} else if base != "" {
			break
		}
	}
	return day.String(), err
}
