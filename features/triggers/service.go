package triggers

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbound"
)

// What an external service may take and answer (webhooks.md 2.3, 2.4).
const (
	serviceTimeout = 5000 * time.Millisecond
	leastTimeout   = 1000 * time.Millisecond // for a timeout of 0
	answerBytes    = 64 << 10
	mostContents   = 20
	longestText    = 5000
	shownText      = 1000 // of an answer, to who tests
)

// Pair is a fact about the visitor that the page gave to the widget.
type Pair struct {
	Key   string `json:"key" required:"true" maxLength:"200"`
	Value string `json:"value" required:"true" maxLength:"2000"`
}

// Content is one text the service wants shown.
type Content struct {
	Msg   string  `json:"msg"`
	Order float64 `json:"order"`
}

// The codes of a failed call (webhooks.md 2.5).
const (
	codeTimeout = "error-timeout"
	codeAnswer  = "error-invalid-external-service-response"
)

// failed is why a call gave no texts; response is what only who tests may read.
type failed struct{ code, response string }

func (f *failed) Error() string { return f.code }

// request is a question to an external service.
type request struct {
	url      string
	timeout  *float64 // milliseconds
	token    string
	metadata []Pair
}

// errNoSecret: nobody is asked without a secret that proves who asks.
func errNoSecret() error { return fault.Text(fault.Invalid, "Livechat secret token is not configured") }

// ask makes the one attempt (webhooks.md 2.3). Its error is a *failed, or a fault.
func (s *Service) ask(ctx context.Context, q request) ([]Content, error) {
	secret := s.Settings.Current().WebhookToken
	if secret == "" {
		return nil, errNoSecret()
	}
	if q.metadata == nil {
		q.metadata = []Pair{}
	}
	body, err := json.Marshal(struct {
		Metadata     []Pair `json:"metadata"`
		VisitorToken string `json:"visitorToken"`
	}{q.metadata, q.token})
	if err != nil {
		return nil, err
	}
	header := map[string][]string{"Accept": {"application/json"}, "Content-Type": {"application/json"}, "X-Rocketchat-Livechat-Token": {secret}}
	res, err := s.Outbound.Do(ctx, outbound.Request{Method: "POST", URL: q.url, Header: header, Body: body, Timeout: within(q.timeout), MaxBody: answerBytes})
	switch {
	case outbound.CodeOf(err) == outbound.TimedOut:
		return nil, &failed{codeTimeout, "no answer in time"}
	case err != nil:
		return nil, &failed{codeAnswer, string(outbound.CodeOf(err))}
	case res.Status != 200:
		return nil, &failed{codeAnswer, "status " + strconv.Itoa(res.Status) + ": " + printable(res.Body)}
	}
	return contentsOf(res.Body)
}

func within(ms *float64) time.Duration {
	switch {
	case ms == nil:
		return serviceTimeout
	case *ms < 1:
		return leastTimeout
	}
	return time.Duration(*ms) * time.Millisecond
}

// contentsOf reads an answer: all of it is right, or none of it counts. The texts are
// in the order the service wants.
func contentsOf(body []byte) ([]Content, error) {
	var answer struct {
		Contents []struct {
			Msg   *string  `json:"msg"`
			Order *float64 `json:"order"`
		} `json:"contents"`
	}
	wrong := &failed{codeAnswer, printable(body)}
	if err := json.Unmarshal(body, &answer); err != nil || len(answer.Contents) == 0 || len(answer.Contents) > mostContents {
		return nil, wrong
	}
	all := make([]Content, len(answer.Contents))
	for i, c := range answer.Contents {
		if c.Msg == nil || c.Order == nil || len([]rune(*c.Msg)) > longestText {
			return nil, wrong
		}
		all[i] = Content{*c.Msg, *c.Order}
	}
	slices.SortStableFunc(all, func(a, b Content) int {
		switch {
		case a.Order < b.Order:
			return -1
		case a.Order > b.Order:
			return 1
		}
		return 0
	})
	return all, nil
}

func printable(body []byte) string {
	text := strings.ToValidUTF8(string(body[:min(len(body), shownText)]), "")
	return strings.ReplaceAll(text, "\x00", "")
}

// answer words a failure in the wire's form. Visitors read a fixed text.
func answer(err error, trigger, fallback string, tests bool) error {
	var f *failed
	if !errors.As(err, &f) {
		return err
	}
	response := "The service did not answer as expected"
	if tests {
		response = f.response
	}
	return &fault.Fault{Kind: fault.Invalid, Code: f.code, Bare: true,
		Beside: map[string]any{"triggerId": trigger, "response": response, "fallbackMessage": fallback}}
}

// serviceOf is what a trigger asks, or why it asks nobody (webhooks.md 2.2).
func serviceOf(t *chat.Trigger) (p chat.ActionParams, err error) {
	if t == nil || !t.Enabled {
		return p, fault.Text(fault.Invalid, "Invalid trigger")
	}
	i := slices.IndexFunc(t.Actions, func(a chat.Action) bool { return a.Name == chat.UseExternalService })
	if i < 0 {
		return p, fault.Text(fault.Invalid, "Trigger is not configured to use an external service")
	}
	if p = t.Actions[i].Params; p.ServiceURL == "" {
		return p, fault.Text(fault.Invalid, "Invalid service URL")
	}
	return p, nil
}

// Call asks a trigger's external service what to say to a visitor.
func (s *Service) Call(ctx context.Context, id chat.TriggerID, token string, about []Pair) ([]Content, error) {
	t, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := serviceOf(t)
	if err != nil {
		return nil, err
	}
	found, err := s.ask(ctx, request{url: p.ServiceURL, timeout: p.ServiceTimeout, token: token, metadata: about})
	fallback := ""
	if p.ServiceFallbackMessage != nil {
		fallback = *p.ServiceFallbackMessage
	}
	return found, answer(err, string(id), fallback, false)
}
