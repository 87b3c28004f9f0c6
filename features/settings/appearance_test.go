package settings

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestAppearanceHasItsSettings(t *testing.T) { // appearance.md 1 and 2
	s := New(Deps{})
	list := s.Appearance()
	if len(list) != 24 {
		t.Errorf("%d settings", len(list))
	}
	if list[0].ID != "Livechat_title" || list[0].Value != chat.DefaultSettings().Title || list[0].Type != chat.SettingString {
		t.Errorf("%+v", list[0])
	}
}

func TestAppearanceChangesTogether(t *testing.T) { // rest-api.md 21, settings.md 4.2
	each(t, func(w *world) {
		change := func(list string) error {
			var all []Look
			if err := json.Unmarshal([]byte(list), &all); err != nil {
				t.Fatal(err)
			}
			return w.ChangeAppearance(w.ctx, boss, all)
		}
		for list, want := range map[string]string{
			`[{"_id":"Livechat_title","value":"Changed"},{"_id":"Livechat_webhookUrl","value":"https://x.example"}]`: "invalid-setting",
			`[{"_id":"Livechat_title","value":"Changed"},{"_id":"nope","value":1}]`:                                  "invalid-setting",
			`[{"_id":"Livechat_title","value":"Changed"},{"_id":"Livechat_title_color","value":"url(x)"}]`:           "Livechat_title_color",
		} {
			if err := change(list); err == nil || !strings.Contains(err.Error(), want) || w.Current().Title == "Changed" {
				t.Errorf("%s: %v", list, err)
			}
		}
		for _, one := range []struct {
			list string
			want any
			got  func(*chat.Settings) any
		}{
			{`[{"_id":"Livechat_message_character_limit","value":"120"}]`, int64(120), func(s *chat.Settings) any { return s.MessageCharacterLimit }},
			{`[{"_id":"Livechat_message_character_limit","value":"many"}]`, int64(0), func(s *chat.Settings) any { return s.MessageCharacterLimit }},
			{`[{"_id":"Livechat_message_character_limit","value":true}]`, int64(0), func(s *chat.Settings) any { return s.MessageCharacterLimit }},
			{`[{"_id":"Livechat_hide_watermark","value":"true"}]`, true, func(s *chat.Settings) any { return s.HideWatermark }},
			{`[{"_id":"Livechat_hide_watermark","value":"yes"}]`, false, func(s *chat.Settings) any { return s.HideWatermark }},
			{`[{"_id":"Livechat_hide_watermark","value":[]}]`, false, func(s *chat.Settings) any { return s.HideWatermark }},
			{`[{"_id":"Livechat_hide_system_messages","value":["ul"]}]`, "[ul]", func(s *chat.Settings) any { return fmt.Sprint(s.HideSystemMessages) }},
			{`[{"_id":"Livechat_hide_system_messages","value":"uj"}]`, "[ul]", func(s *chat.Settings) any { return fmt.Sprint(s.HideSystemMessages) }},
			{`[{"_id":"Livechat_hide_system_messages","value":["uj","nope"]}]`, "[ul]", func(s *chat.Settings) any { return fmt.Sprint(s.HideSystemMessages) }},
			{`[{"_id":"Livechat_title","value":"Ask"},{"_id":"Livechat_widget_position","value":"left"}]`, "Ask left", func(s *chat.Settings) any { return s.Title + " " + s.WidgetPosition }},
		} {
			if err := change(one.list); err != nil || one.got(w.Current()) != one.want {
				t.Errorf("%s: %v, %v", one.list, one.got(w.Current()), err)
			}
		}
	})
}
