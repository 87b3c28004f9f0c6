package chat

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

// settingNames are all settings that clients of the compatible system may ask for, one a
// line; after a colon stands why one is not declared here.
//
//go:embed testdata/settings.txt
var settingNames string

func TestEverySettingIsDeclaredOrSaysWhyNot(t *testing.T) {
	for line := range strings.Lines(settingNames) {
		name, why, excused := strings.Cut(strings.TrimSpace(line), ": ")
		declared := slices.ContainsFunc(settingRegistry, func(s Setting) bool { return s.ID == name })
		switch {
		case declared && excused:
			t.Errorf("%s is declared: take the reason away that it is not (%s)", name, why)
		case !declared && !excused:
			t.Errorf("%s is not declared, and testdata/settings.txt does not say why", name)
		case excused && len(why) < 10:
			t.Errorf("%s: that is no reason: %q", name, why)
		}
	}
}
