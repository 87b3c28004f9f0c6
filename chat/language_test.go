package chat

import "testing"

func TestBaseLanguage(t *testing.T) {
	for tag, want := range map[string]string{"": "", "de": "de", "pt_BR": "pt", "PT-br": "pt", "zh-Hant-TW": "zh"} {
		if got := BaseLanguage(tag); got != want {
			t.Errorf("%q: %q", tag, got)
		}
	}
}
