package chat

import "strings"

// BaseLanguage is the language of a tag such as "pt_BR" without its region, in small letters.
func BaseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	return base
}
