package hours

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow what decides whose hours apply.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("hours.settings", s.onSettingChanged),
		outbox.On("hours.departments", s.onDepartmentChanged),
		outbox.On("hours.members", s.onMembershipChanged),
	}
}

var acting = []string{"Livechat_enable_business_hours", "Livechat_business_hour_type",
	"Foyer_business_hours_per_department", "Foyer_business_hours_whole_last_minute"}

func (s *Service) onSettingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	if !slices.Contains(acting, e.ID) {
		return nil
	}
	if err := s.Settings.Reload(ctx); err != nil { // the event may be faster than the snapshot
		return err
	}
	if _, err := s.Check(ctx); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return tx.Emit(ctx, chat.HoursChanged{}) })
}

func (s *Service) onDepartmentChanged(ctx context.Context, _ string, _ chat.DepartmentChanged) error {
	if !s.multipleInForce() {
		return nil
	}
	_, err := s.Check(ctx)
	return err
}

func (s *Service) onMembershipChanged(ctx context.Context, _ string, e chat.MembershipChanged) error {
	if !s.multipleInForce() {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Agents.Reassess(ctx, tx, e.Agent, chat.CauseHours) })
}

func (s *Service) multipleInForce() bool {
	return s.Settings.Current().EnableBusinessHours && s.multiple()
}
