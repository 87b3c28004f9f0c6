package settings

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// appearance are the settings that say how the widget looks (appearance.md 1).
var appearance = []string{"Livechat_title", "Livechat_title_color", "Livechat_enable_message_character_limit", "Livechat_message_character_limit",
	"Livechat_show_agent_info", "Livechat_show_agent_email", "Livechat_display_offline_form", "Livechat_offline_form_unavailable", "Livechat_offline_message",
	"Livechat_offline_success_message", "Livechat_offline_title", "Livechat_offline_title_color", "Livechat_offline_email",
	"Livechat_conversation_finished_message", "Livechat_conversation_finished_text", "Livechat_registration_form", "Livechat_name_field_registration_form",
	"Livechat_email_field_registration_form", "Livechat_registration_form_message", "Livechat_hide_watermark", "Livechat_background",
	"Livechat_widget_position", "Livechat_hide_system_messages", "Omnichannel_allow_visitors_to_close_conversation"}

// Appearance lists those settings.
func (s *Service) Appearance() []Record {
	now := s.Current()
	list := make([]Record, 0, len(appearance))
	for _, id := range appearance {
		if d, ok := chat.SettingByID(id); ok {
			list = append(list, record(d, now))
		}
	}
	return list
}

// Look is a value for a setting of the appearance.
type Look struct {
	ID    string          `json:"_id" required:"true" maxLength:"200"`
	Value json.RawMessage `json:"value" required:"true"`
}

// ChangeAppearance changes several of them, all or none. What the compatible API turns
// into a value of the right type is turned (settings.md 4.2); what it leaves alone stays.
func (s *Service) ChangeAppearance(ctx context.Context, by chat.Actor, all []Look) error {
	var changes []change
	for _, one := range all {
		d, ok := chat.SettingByID(one.ID)
		if !ok || !slices.Contains(appearance, one.ID) {
			return fault.Text(fault.Invalid, "invalid-setting")
		}
		accepted, err := lenient(d, one.Value)
		if err != nil {
			return fault.New(fault.Invalid, "error-invalid-setting-value", "Invalid setting value: "+err.Error()).At(one.ID)
		}
		if accepted == nil {
			continue
		}
		text, err := json.Marshal(accepted)
		if err != nil {
			return err
		}
		changes = append(changes, change{d, by.User, string(text)})
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, c := range changes {
			if err := store(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Reload(ctx)
}

// lenient is Accept, but a number that is none is 0, a switch that is none is off, and a
// list that is none, or has an unknown member, is nothing.
func lenient(d chat.Setting, raw json.RawMessage) (any, error) {
	accepted, err := d.Accept(raw)
	if err == nil {
		return accepted, nil
	}
	switch d.Type {
	case chat.SettingBoolean:
		return false, nil
	case chat.SettingInt:
		if _, perr := json.Number(strings.Trim(string(raw), `"`)).Float64(); perr == nil {
			return nil, err // a number that is out of bounds
		}
		return d.Accept(json.RawMessage("0"))
	case chat.SettingMultiSelect:
		return nil, nil
	}
	return nil, err
}
