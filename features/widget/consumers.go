package widget

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow what changes the offer. Settings are read anew each time.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("widget.offer", func(context.Context, string, chat.AgentChanged) error {
		s.offers.drop()
		return nil
	})}
}
