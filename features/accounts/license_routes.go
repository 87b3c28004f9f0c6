package accounts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// licenseRows answer clients that ask what their server may do: everything (rest-api.md 5).
func (s *Service) licenseRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/licenses.info", rest.All(string(chat.ViewPrivilegedSetting)),
			"What clients of the compatible system ask their licence: nothing is limited.", s.getLicense, rest.Tag("server")),
	}
}

type getLicense struct {
	Values bool `query:"loadValues" doc:"Also how much of each limit is used."`
}

// noLimit is a limit that is none.
const noLimit = -1

type limit struct {
	Value *int64 `json:"value,omitempty"`
	Max   int64  `json:"max"`
}

type licenseLimits struct {
	Contacts    limit `json:"monthlyActiveContacts"`
	Users       limit `json:"activeUsers"`
	Guests      limit `json:"guestUsers"`
	PerGuest    limit `json:"roomsPerGuest"`
	PrivateApps limit `json:"privateApps"`
	MarketApps  limit `json:"marketplaceApps"`
}

type license struct {
	Modules   []string        `json:"activeModules"`
	Prevented map[string]bool `json:"preventedActions"`
	Limits    licenseLimits   `json:"limits"`
	Tags      []struct{}      `json:"tags"`
	Trial     bool            `json:"trial"`
}

type licenseAnswer struct {
	License license `json:"license"`
}

func (s *Service) getLicense(ctx context.Context, r getLicense) (licenseAnswer, error) {
	free := limit{Max: noLimit}
	l := license{Modules: []string{"canned-responses", "livechat-enterprise"}, Prevented: map[string]bool{}, Tags: []struct{}{},
		Limits: licenseLimits{Contacts: free, Users: free, Guests: free, PerGuest: free, PrivateApps: free, MarketApps: free}}
	if !r.Values {
		return licenseAnswer{l}, nil
	}
	used, err := usage(ctx, s.DB, s.Clock.Now().Time().Format("2006-01"))
	none := new(int64)
	l.Limits.Contacts.Value, l.Limits.Users.Value = &used.contacts, &used.users
	for _, other := range []*limit{&l.Limits.Guests, &l.Limits.PerGuest, &l.Limits.PrivateApps, &l.Limits.MarketApps} {
		other.Value = none
	}
	return licenseAnswer{l}, err
}
