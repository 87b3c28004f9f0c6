package messenger

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/foyerchat/foyer/platform/outbound"
)

// graph is a call of Facebook's API with a page's token.
func (s *Service) graph(ctx context.Context, token, method, path string, query url.Values, body any) (outbound.Response, error) {
	query.Set("access_token", token)
	r := outbound.Request{Method: method, URL: strings.TrimRight(s.Settings.Current().FacebookGraphURL, "/") + path + "?" + query.Encode()}
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return outbound.Response{}, err
		}
		r.Body, r.Header = b, map[string][]string{"Content-Type": {"application/json"}}
	}
	return s.Outbound.Do(ctx, r)
}

// refusal is what Facebook says of a call that failed.
type refusal struct {
	Message   string `json:"message"`
	Code      int    `json:"code"`
	Subcode   int    `json:"error_subcode"`
	Transient bool   `json:"is_transient"`
}

func refusalOf(a outbound.Response) (r refusal) {
	var said struct{ Error refusal }
	_ = json.Unmarshal(a.Body, &said) // what is not JSON says nothing
	return said.Error
}

// reason is why an answer means that nothing was done; "" for one that it was. Facebook
// may repeat the token in it.
func reason(a outbound.Response, token string) string {
	if a.Status/100 == 2 {
		return ""
	}
	r := refusalOf(a)
	if r.Message == "" {
		return fmt.Sprint(a.Status)
	}
	return shorten(strings.ReplaceAll(fmt.Sprintf("%s (%d)", r.Message, r.Code), token, "…"), shownReason)
}

// unreached reports whether a request that failed may go better later.
func unreached(code outbound.Code) bool {
	switch code {
	case outbound.NotReached, outbound.NotResolved, outbound.TimedOut, outbound.Failed:
		return true
	}
	return false
}

// again reports whether a later attempt may go better.
func again(a outbound.Response) bool {
	return a.Status/100 == 5 || a.Status == 429 || refusalOf(a).Transient
}

// What Facebook says when a person wrote too long ago to be answered without a tag.
const (
	outsideCode    = 10
	outsideSubcode = 2018278
)

func outside(a outbound.Response) bool {
	r := refusalOf(a)
	return a.Status/100 != 2 && r.Code == outsideCode && r.Subcode == outsideSubcode
}

// profile is a person's name; "" if Facebook does not tell it.
func (s *Service) profile(ctx context.Context, token string, p person) string {
	if token == "" {
		return ""
	}
	a, err := s.graph(ctx, token, "GET", "/"+url.PathEscape(p.id), url.Values{"fields": {"first_name,last_name,profile_pic"}}, nil)
	if err != nil || a.Status != 200 {
		s.Log.Warn("Facebook does not tell a person's name", "page", p.page, "status", a.Status, "error", err)
		return ""
	}
	var said struct {
		First string `json:"first_name"`
		Last  string `json:"last_name"`
	}
	_ = json.Unmarshal(a.Body, &said) // what is not JSON names nobody
	return line(said.First + " " + said.Last)
}

// subscribe has Facebook tell of a page, or not any more; the text is why that failed.
func (s *Service) subscribe(ctx context.Context, token, page string, on bool) string {
	if token == "" {
		return s.words().noToken
	}
	method := "POST"
	if !on {
		method = "DELETE"
	}
	a, err := s.graph(ctx, token, method, "/"+url.PathEscape(page)+"/subscribed_apps", url.Values{"subscribed_fields": {"messages,messaging_postbacks"}}, nil)
	if err != nil {
		s.Log.Warn("a page was not subscribed", "page", page, "error", err)
		return s.words().unreachable
	}
	return reason(a, token)
}
