// Package webhooks tells other people's servers what happens in chats: the CRM of
// the settings, and any number of further destinations. What is to be told is stored
// as it was when it happened, then sent until it is acknowledged or given up; every
// attempt is logged. It decides nothing about chats and nothing waits for it.
package webhooks

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/metrics"
	"github.com/foyerchat/foyer/platform/outbound"
)

// Outbound sends requests to other people's servers.
type Outbound interface {
	Do(ctx context.Context, r outbound.Request) (outbound.Response, error)
}

// Settings is the snapshot of the settings and how one of them is changed.
type Settings interface {
	Current() *chat.Settings
	Change(ctx context.Context, by chat.Actor, id string, raw json.RawMessage) error
}

// Rooms keeps what the CRM answered.
type Rooms interface {
	KeepCRMData(ctx context.Context, tx *db.Tx, rid chat.RoomID, data string) error
}

// Visitors keeps the addresses and numbers that were found in messages.
type Visitors interface {
	AddFound(ctx context.Context, tx *db.Tx, v chat.VisitorID, mails, numbers []string) error
}

// Files makes links that open a message's file for a while.
type Files interface {
	Link(ctx context.Context, file chat.FileID) (path string, err error)
	// Lasts reports whether the link with this token opens the file for some time yet.
	Lasts(ctx context.Context, file chat.FileID, token string) (bool, error)
}

// Deps are what webhooks need.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Outbound Outbound
	Rooms    Rooms
	Visitors Visitors
	Files    Files
	RootURL  string // of this server, where the settings name none
	Registry prometheus.Registerer
}

// Service makes, stores and sends deliveries.
type Service struct {
	Deps
	attempts *prometheus.CounterVec
	roll     roll
	patterns patterns
	wake     chan struct{} // something may be due, or a slot is free
	work     sync.WaitGroup

	mu   sync.Mutex
	busy map[string]int // requests under way, by destination
}

// New makes the service; nothing is sent before Run.
func New(d Deps) *Service {
	return &Service{Deps: d, attempts: metrics.Counter(d.Registry, "foyer_webhook_attempts_total",
		"Requests to webhooks' destinations from this node, by outcome: sent, failed (and tried again), dead.", "outcome"), wake: make(chan struct{}, 1), busy: map[string]int{}}
}

// Start gives the CRM's destination its signing secret.
func (s *Service) Start(ctx context.Context) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error { return giveSecret(ctx, tx, crmID, newSecret()) })
	if err != nil {
		return err
	}
	return s.planCleaning(ctx)
}

// Kind is what happened, as destinations choose it.
type Kind string

// The kinds. Messages of visitors and of agents are told alike and chosen apart.
const (
	Started        Kind = "start"
	Queued         Kind = "queued"
	Taken          Kind = "taken"
	Forwarded      Kind = "forwarded"
	Closed         Kind = "closed"
	Edited         Kind = "edited"
	VisitorMessage Kind = "visitor-message"
	AgentMessage   Kind = "agent-message"
	Captured       Kind = "captured"
	Visited        Kind = "navigation"
	Offline        Kind = "offline"
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{Started, Queued, Taken, Forwarded, Closed, Edited, VisitorMessage, AgentMessage, Captured, Visited, Offline}
}

// types are the payloads' names of the kinds (webhooks.md 1.5).
var types = map[Kind]string{
	Started: "LivechatSessionStart", Queued: "LivechatSessionQueued", Taken: "LivechatSessionTaken",
	Forwarded: "LivechatSessionForwarded", Closed: "LivechatSession", Edited: "LivechatEdit",
	VisitorMessage: "Message", AgentMessage: "Message", Captured: "LeadCapture",
	Visited: "Message", Offline: "LivechatOfflineMessage",
}

// navigates reports whether page visits are told (webhooks.md 1.11).
func navigates(s *chat.Settings) bool { return s.NavigationAsMessage && s.WebhookNavigation }

// chosen reports whether the settings send a kind to the CRM; edits have no switch.
func chosen(s *chat.Settings, k Kind) bool {
	switch k {
	case Started:
		return s.WebhookOnStart
	case Queued:
		return s.WebhookOnQueued
	case Taken:
		return s.WebhookOnTaken
	case Forwarded:
		return s.WebhookOnForward
	case Closed:
		return s.WebhookOnClose
	case Edited:
		return true
	case VisitorMessage:
		return s.WebhookOnVisitorMessage
	case AgentMessage:
		return s.WebhookOnAgentMessage
	case Captured:
		return s.WebhookOnCapture
	case Visited:
		return navigates(s)
	case Offline:
		return s.WebhookOnOfflineMessage
	}
	return false
}
