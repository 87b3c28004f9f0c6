// Package sites lets one server serve several websites. A site overrides only what it
// sets: its values lie over the general settings and are validated by the same registry.
// Which site a browser is on is told by its account or found by the page's host; the host
// is only claimed, and the embedding list of the site found decides whether the page may
// show the widget. Sites keep no secret of one another: they are looks and offers of one
// firm, whose agents see all of them.
package sites

import (
	"context"
	"encoding/json"
	"sync/atomic"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Settings is the snapshot of the general settings.
type Settings interface{ Current() *chat.Settings }

// Departments says which departments a site has.
type Departments interface {
	// Belong gives a site these departments; others it had are the default site's again.
	Belong(ctx context.Context, tx *db.Tx, site chat.SiteID, all []chat.DepartmentID) error
}

// Deps is what sites need.
type Deps struct {
	DB          *db.DB
	Settings    Settings
	Departments Departments
}

// Service keeps sites.
type Service struct {
	Deps
	changes atomic.Int64 // how often they changed, as far as this process heard
	known   atomic.Pointer[book]
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// book is what there is, as of a number of changes.
type book struct {
	asOf  int64
	sites []chat.Site
	own   map[chat.SiteID]map[string]any
}

// Forget has the sites read again; every node does on SitesChanged.
func (s *Service) Forget() { s.changes.Add(1) }

func (s *Service) now(ctx context.Context) (*book, error) {
	asOf := s.changes.Load()
	if b := s.known.Load(); b != nil && b.asOf == asOf {
		return b, nil
	}
	all, own, err := load(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	b := &book{asOf, all, own}
	s.known.Store(b)
	return b, nil
}

// Choose is the site of an account, or without one that of a page's host.
func (s *Service) Choose(ctx context.Context, account chat.SiteID, host string) (chat.SiteID, error) {
	b, err := s.now(ctx)
	if err != nil {
		return "", err
	}
	if account == "" {
		return chat.SiteOfHost(b.sites, host), nil
	}
	for _, site := range b.sites {
		if site.ID == account {
			return account, nil
		}
	}
	return "", fault.New(fault.Invalid, "error-invalid-site", "Unknown site").At("site")
}

// For is the snapshot of the settings as a site has them.
func (s *Service) For(ctx context.Context, site chat.SiteID) (*chat.Settings, error) {
	b, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	return chat.Overlay(s.Settings.Current(), b.own[site]), nil
}

// Site is a site with what it has of its own.
type Site struct {
	chat.Site
	Departments []chat.DepartmentID        `json:"departments"`
	Settings    map[string]json.RawMessage `json:"settings" doc:"Its own values by setting; what is not here is as the general settings say."`
	CreatedAt   clock.Instant              `json:"createdAt"`
}

// List lists the sites, the default one first.
func (s *Service) List(ctx context.Context) ([]Site, error) { return list(ctx, s.DB) }

// Draft is what a site shall be; its own settings are left as they are.
type Draft struct {
	chat.Site
	Departments []chat.DepartmentID
}

// most bounds the sites of a server.
const most = 500

// Save makes a site, or changes one.
func (s *Service) Save(ctx context.Context, d Draft) error {
	if err := check(d.Site); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Next(ctx, "sites"); err != nil { // two changes wait for each other
			return err
		}
		if err := s.free(ctx, tx, d.Site); err != nil {
			return err
		}
		if err := write(ctx, tx, d.Site); err != nil {
			return err
		}
		if d.ID != chat.DefaultSite {
			if err := s.Departments.Belong(ctx, tx, d.ID, d.Departments); err != nil {
				return err
			}
		}
		return tx.Emit(ctx, chat.SitesChanged{})
	})
}

func check(site chat.Site) error {
	if !chat.IsSiteID(site.ID) {
		return fault.New(fault.Invalid, "error-invalid-site-id", "A site's id has small letters, digits and hyphens").At("_id")
	}
	for _, h := range site.Hosts {
		if !chat.IsSiteHost(h) {
			return fault.New(fault.Invalid, "error-invalid-host", "Not a host name: "+h).At("hosts")
		}
	}
	return nil
}

// free refuses hosts of another site, an hour that there is not, and too many sites.
func (s *Service) free(ctx context.Context, tx *db.Tx, site chat.Site) error {
	all, _, err := load(ctx, tx)
	if err != nil {
		return err
	}
	taken, mine := map[string]bool{}, false
	for _, other := range all {
		mine = mine || other.ID == site.ID
		for _, h := range other.Hosts {
			taken[h] = taken[h] || other.ID != site.ID
		}
	}
	for _, h := range site.Hosts {
		if taken[h] {
			return fault.New(fault.Invalid, "error-host-in-use", "Another site has the host "+h).At("hosts")
		}
	}
	if !mine && len(all) >= most {
		return fault.New(fault.Invalid, "error-too-many-sites", "There are as many sites as there may be")
	}
	if there, err := hourExists(ctx, tx, site.Hour); err != nil || !there {
		return or(err, fault.New(fault.Invalid, "error-business-hour-not-found", "There is no such business hour").At("businessHour"))
	}
	return nil
}

func or(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// Delete removes a site that nobody has come to yet.
func (s *Service) Delete(ctx context.Context, site chat.SiteID) error {
	if site == chat.DefaultSite {
		return fault.New(fault.Invalid, "error-default-site", "The default site stays")
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if used, err := used(ctx, tx, site); err != nil || used {
			return or(err, fault.New(fault.Invalid, "error-site-in-use", "Visitors or chats belong to the site"))
		}
		if err := s.Departments.Belong(ctx, tx, site, nil); err != nil {
			return err
		}
		if err := remove(ctx, tx, site); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.SitesChanged{})
	})
}

// Override gives a site its own value of a setting; nil: what is general counts again.
func (s *Service) Override(ctx context.Context, by chat.Actor, site chat.SiteID, setting string, raw json.RawMessage) error {
	d, ok := chat.SiteSetting(setting)
	if !ok {
		return fault.New(fault.Invalid, "error-setting-not-found", "A site has no setting "+setting)
	}
	text := ""
	if raw != nil {
		accepted, err := d.Accept(raw)
		if err != nil {
			return fault.New(fault.Invalid, "error-invalid-setting-value", "Invalid setting value: "+err.Error()).At("value")
		}
		b, err := json.Marshal(accepted)
		if err != nil {
			return err
		}
		text = string(b)
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if there, err := exists(ctx, tx, site); err != nil || !there {
			return or(err, fault.New(fault.Invalid, "error-invalid-site", "Unknown site"))
		}
		return override(ctx, tx, change{id.New(), site, setting, text, by.User})
	})
}

func override(ctx context.Context, tx *db.Tx, c change) error {
	previous, err := ownValue(ctx, tx, c.site, c.setting)
	if err != nil || previous == c.text {
		return err
	}
	if err := setValue(ctx, tx, c); err != nil {
		return err
	}
	if err := noteChange(ctx, tx, c, previous); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.SitesChanged{})
}

// change is a new value of a site's own, as JSON; "": none.
type change struct {
	id      string
	site    chat.SiteID
	setting string
	text    string
	by      chat.UserID
}
