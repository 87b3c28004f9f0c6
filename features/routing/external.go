package routing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbound"
)

// Outbound sends requests to other people's servers.
type Outbound interface {
	Do(ctx context.Context, r outbound.Request) (outbound.Response, error)
}

// Asked is what the external service is asked for: an agent of a department, or of
// the public queue, who is not this one.
type Asked struct {
	Department chat.DepartmentID
	Ignore     chat.AgentID
}

// How long the external service has, and how often it is asked (RQ-EXT-3).
const (
	askTimes  = 10
	askEach   = 5 * time.Second
	askWithin = 30 * time.Second
	askBytes  = 64 << 10
)

// Ask is the username the external service names; empty: nobody who is available, and
// whether it did not answer in time. It takes up to half a minute and must not be
// called in a transaction.
func (s *Service) Ask(ctx context.Context, q Asked) (username string, hung bool) {
	return asker{s.Outbound, s.Settings.Current(), s.Log, s.usable}.ask(ctx, q)
}

// asker asks the service of the settings.
type asker struct {
	out      Outbound
	settings *chat.Settings
	log      *slog.Logger
	usable   func(ctx context.Context, username string) bool
}

// ask makes one attempt after the other, until somebody usable is named.
func (a asker) ask(ctx context.Context, q Asked) (username string, hung bool) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	var err error
	for range askTimes {
		if username, err = a.once(ctx, q); err == nil && a.usable(ctx, username) {
			return username, false
		}
		if errors.Is(err, errNoService) || ctx.Err() != nil {
			break
		}
	}
	a.log.Warn("the external service named nobody who is available", "department", q.Department, "error", err)
	return "", errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded)
}

var (
	errNoService = errors.New("no address is set")
	errNoAgent   = errors.New("the answer names no agent")
)

func (a asker) once(ctx context.Context, q Asked) (username string, err error) {
	if a.settings.ExternalQueueURL == "" {
		return "", errNoService
	}
	header := map[string][]string{"Accept": {"application/json"}, "User-Agent": {"RocketChat Server"}}
	if a.settings.ExternalQueueToken != "" {
		header["X-RocketChat-Secret-Token"] = []string{a.settings.ExternalQueueToken}
	}
	res, err := a.out.Do(ctx, outbound.Request{URL: q.address(a.settings.ExternalQueueURL), Header: header, Timeout: askEach, MaxBody: askBytes})
	if err != nil {
		return "", err
	}
	if res.Status != 200 {
		return "", fmt.Errorf("the answer has status %d", res.Status)
	}
	return named(res.Body)
}

// address adds the question to the service's address, whose own query stays.
func (q Asked) address(service string) string {
	more := url.Values{}
	if q.Department != "" {
		more.Set("departmentId", string(q.Department))
	}
	if q.Ignore != "" {
		more.Set("ignoreAgentId", string(q.Ignore))
	}
	u, err := url.Parse(service)
	if err != nil || len(more) == 0 {
		return service
	}
	u.RawQuery = strings.TrimPrefix(u.RawQuery+"&"+more.Encode(), "&")
	return u.String()
}

// named reads the answer; only the username counts.
func named(body []byte) (string, error) {
	var answer struct {
		Username string `json:"username"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Username == "" {
		return "", errNoAgent // not err: it quotes the answer
	}
	return answer.Username, nil
}
