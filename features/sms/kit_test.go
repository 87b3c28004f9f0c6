package sms

import "github.com/foyerchat/foyer/chat"

// settingsWith are the standard settings with some changed.
func settingsWith(values map[string]any) *chat.Settings {
	set := chat.DefaultSettings()
	for id, v := range values {
		d, _ := chat.SettingByID(id)
		set = d.With(set, v)
	}
	return set
}
