package integrations

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbound"
)

// lead is what RD Station is told of a room's visitor, as it was then.
type lead struct {
	Client chat.VisitorID    `json:"client"`
	Email  string            `json:"email"`
	Name   string            `json:"name"`
	Phone  string            `json:"phone,omitempty"`
	Tags   []string          `json:"tags,omitempty"`
	Fields map[string]string `json:"fields,omitempty"` // of the room, then of the visitor
}

// conversion names where leads come from, in both forms.
const conversion = "rocketchat-livechat"

// classic is the body of the conversions API 1.3 (webhooks.md 5).
func (l lead) classic(token string) map[string]any {
	body := map[string]any{}
	for name, value := range l.Fields {
		body[name] = value
	}
	maps.Copy(body, map[string]any{"token_rdstation": token, "identificador": conversion, "client_id": l.Client, "email": l.Email, "nome": l.Name})
	for name, value := range map[string]any{"telefone": l.Phone, "tags": l.Tags} {
		delete(body, name) // a custom field never takes the place of these
		if !empty(value) {
			body[name] = value
		}
	}
	return body
}

// event is the body of the present conversions API.
func (l lead) event() map[string]any {
	payload := map[string]any{"conversion_identifier": conversion, "email": l.Email, "name": l.Name, "client_tracking_id": l.Client}
	for name, value := range map[string]any{"personal_phone": l.Phone, "tags": l.Tags} {
		if !empty(value) {
			payload[name] = value
		}
	}
	for name, value := range l.Fields {
		payload["cf_"+name] = value
	}
	return map[string]any{"event_type": "CONVERSION", "event_family": "CDP", "payload": payload}
}

func empty(value any) bool {
	switch v := value.(type) {
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	}
	return false
}

// request is how the service at an address is told: its path says in which form.
func (l lead) request(set *chat.Settings) (outbound.Request, error) {
	u, err := url.Parse(set.RDStationURL)
	if err != nil {
		return outbound.Request{}, err
	}
	body := l.event()
	if strings.Contains(u.Path, "/api/1.3/") {
		body = l.classic(set.RDStationToken)
	} else {
		q := u.Query()
		q.Set("api_key", set.RDStationToken)
		u.RawQuery = q.Encode()
	}
	b, err := json.Marshal(body)
	return outbound.Request{Method: "POST", URL: u.String(), Header: map[string][]string{"Content-Type": {"application/json"}}, Body: b,
		Timeout: time.Duration(set.WebhookTimeout()) * time.Millisecond, MaxBody: leadAnswer}, err
}

// How often RD Station is tried, as receivers of webhooks are.
const (
	jobLead      = "integrations.rdstation"
	leadAttempts = 11
	leadPause    = 10 * time.Second
	leadAnswer   = 64 << 10
)

// tellRDStation queues a room's lead, if there is anybody to tell and an address to
// tell of. The event's id keeps one that is heard twice from being sent twice at once.
func (s *Service) tellRDStation(ctx context.Context, event string, r chat.Room) error {
	if s.Settings.Current().RDStationToken == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := findLead(ctx, tx, r)
		if err != nil || l.Email == "" {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: jobLead, Key: event, Payload: l})
	})
}

// sendLead makes one attempt; the last one's failure is logged and the lead dropped.
func (s *Service) sendLead(ctx context.Context, run jobs.Run) error {
	set := s.Settings.Current()
	var l lead
	if err := json.Unmarshal(run.Payload, &l); err != nil || set.RDStationToken == "" || set.RDStationURL == "" {
		return nil
	}
	r, err := l.request(set)
	if err != nil {
		return nil
	}
	res, err := s.Outbound.Do(ctx, r)
	if code := outbound.CodeOf(err); err == nil && res.Status/100 == 2 || code == outbound.Cancelled {
		return err
	}
	if run.Attempt >= leadAttempts {
		s.Log.Error("a lead for RD Station is given up", "status", res.Status, "error", outbound.CodeOf(err))
		return nil
	}
	return errLead{res.Status, outbound.CodeOf(err)}
}
