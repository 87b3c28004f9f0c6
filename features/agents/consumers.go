package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow what others decide about agents.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("agents.sign-out", s.onSessionRevoked),
		outbox.On("agents.roles", s.onPermissionsChanged),
		outbox.On("agents.idle-rule", s.onSettingChanged),
	}
}

func (s *Service) onSessionRevoked(ctx context.Context, _ string, e chat.SessionRevoked) error {
	return s.SignedOut(ctx, e.User)
}

func (s *Service) onPermissionsChanged(ctx context.Context, _ string, e chat.PermissionsChanged) error {
	if e.User == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Reassess(ctx, tx, e.User, chat.CauseRole) })
}

const idleRule = "Livechat_enabled_when_agent_idle"

func (s *Service) onSettingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	if e.ID != idleRule {
		return nil
	}
	if err := s.Settings.Reload(ctx); err != nil { // the event may be faster than the snapshot
		return err
	}
	return s.ReassessAll(ctx, chat.CauseSetting)
}
