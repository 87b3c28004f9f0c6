package analytics

import (
	"context"
	"encoding/json"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// How long numbers are kept, so that many screens ask the database once (AN-16).
const (
	ofNow    = 5 * time.Second
	ofReport = time.Minute
	mostKept = 1000
)

// viewer is what of a caller his numbers depend on, beside what he asks for.
type viewer struct {
	limited bool // only these units
	units   []chat.UnitID
	zone    *time.Location
}

type viewerKey struct{}

// viewer is that of the caller, the same for a whole request: what is kept for one kind
// of viewer was made for this kind.
func (s *Service) viewer(ctx context.Context) (v viewer, err error) {
	if v, ok := ctx.Value(viewerKey{}).(viewer); ok {
		return v, nil
	}
	a := rest.Identity[chat.Actor](ctx)
	if v.zone, err = s.reportingZone(ctx, a); err != nil {
		return v, err
	}
	if m := a.Monitor(); m != "" {
		v.units, v.limited, err = unitsOf(ctx, s.DB, m)
	}
	return v, err
}

// key tells viewers apart. A zone without name is its distance from UTC.
func (v viewer) key() []any {
	return []any{v.limited, v.units, v.zone.String(), time.Time{}.In(v.zone).Format("-0700")}
}

// kept answers with what somebody of the same restrictions was answered to the same
// question a moment ago.
func kept[Req, Res any](s *Service, path string, keep time.Duration, h func(context.Context, Req) (Res, error)) func(context.Context, Req) (Res, error) {
	return func(ctx context.Context, r Req) (none Res, err error) {
		v, err := s.viewer(ctx)
		if err != nil {
			return none, err
		}
		key, err := json.Marshal([]any{path, r, v.key()})
		if err != nil {
			return none, err
		}
		answer, err := s.recent.Get(context.WithValue(ctx, viewerKey{}, v), string(key), keep, func(ctx context.Context) (any, error) { return h(ctx, r) })
		if err != nil {
			return none, err
		}
		return answer.(Res), nil
	}
}
