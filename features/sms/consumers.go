package sms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// departmentSetting is the department that gets texts.
const departmentSetting = "SMS_Default_Omnichannel_Department"

// Consumers send what agents say, and forget a department that is no more.
func (s *Service) Consumers() []outbox.Consumer {
	said := outbox.On("sms.said", func(ctx context.Context, _ string, e chat.MessageSent) error {
		if !s.leaves(e.Message) {
			return nil
		}
		return s.queue(ctx, e.Message)
	})
	said.Wants = func(event any) bool { return s.leaves(event.(chat.MessageSent).Message) }
	return []outbox.Consumer{
		said,
		outbox.On("sms.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error {
			if !e.Removed || s.Settings.Current().SMSDepartment != string(e.Department) {
				return nil
			}
			return s.Settings.Change(ctx, chat.System, departmentSetting, []byte(`""`))
		}),
	}
}

// leaves reports whether a message may be one that is sent (webhooks.md 7.2).
func (s *Service) leaves(m chat.Message) bool {
	return s.Settings.Current().SMSEnabled && !m.ByVisitor() && !m.System() && !m.Hidden && m.Automatic == nil
}
