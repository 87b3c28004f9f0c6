package webhooks

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// ownRows are the endpoints of destinations and of the log.
func (s *Service) ownRows() []rest.Endpoint {
	tag, may := rest.Tag("webhooks"), rest.All(viewWebhooks)
	none := rest.Errors("There is no such webhook [error-webhook-not-found]")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/foyer/webhooks", may, "Who is told of chats, the CRM of the settings first, and how many deliveries wait or were given up.", s.getAll, tag),
		rest.Row("POST", "/api/v1/foyer/webhooks", may, "Make a webhook, or change one; without a token the stored one stays.", s.postOne, tag, none),
		rest.Row("DELETE", "/api/v1/foyer/webhooks/{id}", may, "Remove a webhook with what waits for it and its log.", s.deleteOne, tag, none),
		rest.Row("GET", "/api/v1/foyer/webhooks/{id}/secret", may, "The secret a webhook's requests are signed with.", s.getSecret, tag, none),
		rest.Row("POST", "/api/v1/foyer/webhooks/{id}/rotate", may, "Give a webhook a new signing secret; for a day both sign.", s.postRotate, tag, none),
		rest.Row("POST", "/api/v1/foyer/webhooks/{id}/test", may, "Send a sample once and say how it went.", s.postTest, tag, none,
			rest.Errors("The webhook has no address [Webhook_URL_not_set]")),
		rest.Row("GET", "/api/v1/foyer/webhooks.deliveries", may, "Deliveries, the newest first.", s.getDeliveries, tag),
		rest.Row("GET", "/api/v1/foyer/webhooks.deliveries/{id}", may, "A delivery with its body and every attempt.", s.getDelivery, tag,
			rest.Errors("There is no such delivery [error-delivery-not-found]")),
		rest.Row("POST", "/api/v1/foyer/webhooks.replay", may, "Send finished deliveries again under their own ids: those named, or all of a filter; at most 10,000.", s.postReplay, tag,
			rest.Errors("Name deliveries or a filter [error-nothing-chosen]")),
	}
}

type allAnswer struct {
	Webhooks []Destination `json:"webhooks"`
	Kinds    []Kind        `json:"kinds"`
	Pending  int64         `json:"pending"`
	Dead     int64         `json:"dead"`
}

func (s *Service) getAll(ctx context.Context, _ struct{}) (answer allAnswer, err error) {
	answer.Kinds = Kinds()
	if answer.Webhooks, err = s.destinations(ctx); err != nil {
		return answer, err
	}
	if answer.Pending, err = s.Count(ctx, Pending); err != nil {
		return answer, err
	}
	answer.Dead, err = s.Count(ctx, Dead)
	return answer, err
}

type postOne struct {
	ID      string  `json:"_id" maxLength:"255"`
	Name    string  `json:"name" required:"true" maxLength:"255"`
	URL     string  `json:"url" required:"true" maxLength:"1000"`
	Token   *string `json:"token" maxLength:"1000" doc:"Sent as X-RocketChat-Livechat-Token; empty takes it away."`
	Events  []Kind  `json:"events" maxItems:"50"`
	Enabled *bool   `json:"enabled" doc:"Default: yes."`
}

type oneAnswer struct {
	Webhook Destination `json:"webhook"`
}

func (s *Service) postOne(ctx context.Context, r postOne) (oneAnswer, error) {
	d, err := s.Save(ctx, Draft{ID: r.ID, Name: r.Name, URL: r.URL, Token: r.Token, Events: r.Events, Enabled: r.Enabled == nil || *r.Enabled})
	return oneAnswer{d}, err
}

type byID struct {
	ID string `path:"id" maxLength:"255"`
}

func (s *Service) deleteOne(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Remove(ctx, r.ID)
}

type secretAnswer struct {
	Secret string `json:"secret"`
}

func (s *Service) getSecret(ctx context.Context, r byID) (a secretAnswer, err error) {
	a.Secret, err = s.Secret(ctx, r.ID)
	return a, err
}

func (s *Service) postRotate(ctx context.Context, r byID) (a secretAnswer, err error) {
	a.Secret, err = s.Rotate(ctx, r.ID)
	return a, err
}

type testAnswer struct {
	Attempt Attempt `json:"attempt"`
	OK      bool    `json:"ok"` // it was answered with 200
}

func (s *Service) postTest(ctx context.Context, r byID) (testAnswer, error) {
	a, err := s.Test(ctx, r.ID)
	return testAnswer{a, a.Status == 200}, err
}

type getDeliveries struct {
	rest.Page
	Destination string        `query:"webhook" maxLength:"255"`
	Kind        Kind          `query:"kind" maxLength:"50"`
	State       State         `query:"state" maxLength:"50" doc:"pending, sent, dead or dropped."`
	Room        chat.RoomID   `query:"rid" maxLength:"255"`
	Text        string        `query:"text" maxLength:"255" doc:"Part of a body or an answer."`
	From        clock.Instant `query:"from"`
	To          clock.Instant `query:"to"`
}

type deliveriesAnswer struct {
	Deliveries []Delivery `json:"deliveries"`
	rest.Counted
}

func (s *Service) getDeliveries(ctx context.Context, r getDeliveries) (deliveriesAnswer, error) {
	all, total, err := s.Deliveries(ctx, Filter{Destination: r.Destination, Kind: r.Kind, State: r.State, Room: r.Room, Text: strings.TrimSpace(r.Text),
		From: r.From, To: r.To, Offset: r.Offset, Limit: r.Limit()})
	return deliveriesAnswer{all, rest.Counted{Offset: r.Offset, Count: len(all), Total: total}}, err
}

type deliveryAnswer struct {
	Delivery Delivery  `json:"delivery"`
	Body     string    `json:"body"`
	Attempts []Attempt `json:"log"`
}

func (s *Service) getDelivery(ctx context.Context, r byID) (a deliveryAnswer, err error) {
	a.Delivery, a.Body, a.Attempts, err = s.Delivery(ctx, r.ID)
	return a, err
}

type postReplay struct {
	IDs         []string      `json:"ids" maxItems:"1000"`
	Destination string        `json:"webhook" maxLength:"255"`
	Kind        Kind          `json:"kind" maxLength:"50"`
	State       State         `json:"state" maxLength:"50" doc:"sent, dead or dropped."`
	Room        chat.RoomID   `json:"rid" maxLength:"255"`
	From        clock.Instant `json:"from"`
	To          clock.Instant `json:"to"`
}

type replayAnswer struct {
	Replayed int64 `json:"replayed"`
}

func (s *Service) postReplay(ctx context.Context, r postReplay) (replayAnswer, error) {
	f := Filter{IDs: r.IDs, Destination: r.Destination, Kind: r.Kind, State: r.State, Room: r.Room, From: r.From, To: r.To}
	if len(f.IDs) == 0 && f.Destination == "" && f.Kind == "" && f.State == "" && f.Room == "" && f.From == 0 {
		return replayAnswer{}, fault.New(fault.Invalid, "error-nothing-chosen", "Name deliveries or a filter")
	}
	n, err := s.Replay(ctx, f)
	return replayAnswer{n}, err
}
