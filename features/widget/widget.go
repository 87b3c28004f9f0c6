// Package widget is what a visitor's browser loads and asks before a
// conversation: the widget's page and files, and its configuration. The
// configuration says who the visitor is, whether somebody is there and how the
// widget looks; it changes nothing and tells nobody's secret but the visitor's own.
package widget

import (
	"context"
	"io/fs"
	"slices"
	"sync"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Guests knows who holds a secret of our own widget.
type Guests interface {
	BySecret(ctx context.Context, secret string) (chat.Actor, error)
}

// Queue knows where a room stands that waits.
type Queue interface {
	// QueueInfo is nil when the room does not wait or places are not shown.
	QueueInfo(ctx context.Context, rid chat.RoomID) (*chat.QueueInfo, error)
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Sites knows the websites this server serves.
type Sites interface {
	// Choose is the site of an account, or without one that of a page's host;
	// error-invalid-site when there is none of the account.
	Choose(ctx context.Context, account chat.SiteID, host string) (chat.SiteID, error)
	// For is the snapshot of the settings as a site has them.
	For(ctx context.Context, site chat.SiteID) (*chat.Settings, error)
}

// Deps is what the widget needs. Files is the built widget (index.html, the
// loader, assets/…); RootURL is this server's address when no setting says it.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Settings Settings
	Sites    Sites
	Guests   Guests
	Queue    Queue
	Files    fs.FS
	RootURL  string
}

// Service answers visitors' browsers.
type Service struct {
	Deps
	offers cache
	files  func() (files, error)
}

// New makes the service; the files are read when the first browser comes.
func New(d Deps) *Service {
	return &Service{Deps: d, files: sync.OnceValues(func() (files, error) { return readFiles(d.Files) })}
}

// Question is what a browser asks the configuration for; all may be empty.
type Question struct {
	Site       chat.SiteID // of the page's account, or empty
	Host       string      // of the page, as the page says
	Department chat.DepartmentID
	Unit       chat.UnitID // only its departments are listed
	Token      string      // of a visitor of the compatible API
	Secret     string      // of a visitor of our own widget
	Own        bool        // our own widget asks
}

// Config is the configuration for one browser (settings.md 3). An unknown token
// or secret counts as none; an unknown unit is refused.
func (s *Service) Config(ctx context.Context, q Question) (Config, error) {
	v, err := s.visitor(ctx, q)
	if err != nil {
		return Config{}, err
	}
	if q.Site, err = s.site(ctx, q, v); err != nil {
		return Config{}, err
	}
	o, err := s.offers.find(s.Clock.Now(), func() (offer, error) { return loadOffer(ctx, s.DB) })
	if err != nil {
		return Config{}, err
	}
	set, err := s.Sites.For(ctx, q.Site)
	if err != nil {
		return Config{}, err
	}
	c := general(set, s.address(set))
	if q.Unit != "" && !o.units[q.Unit] {
		return Config{}, fault.New(fault.Invalid, "error-unit-not-found", "Error! No Active Business Unit found with id: "+string(q.Unit))
	}
	c.Departments, c.CustomFields = o.departmentsOf(q.Site, q.Unit), o.fields
	c.Triggers = o.triggersOf(q.Site)
	c.Online = set.LivechatEnabled && (set.AcceptChatsWithNoAgents || o.online(q, set))
	if q.Own {
		c.Site, c.Watched = q.Site, set.VisitorsOnSite
	} else {
		for i := range c.Triggers {
			c.Triggers[i].Number, c.Triggers[i].Name = 0, ""
		}
	}
	if v == nil || v.site != q.Site { // a visitor of another site is nobody here
		return c, nil
	}
	if v.room != nil && !q.Own {
		v.room.Code, v.room.Initiator, v.room.Verifying = 0, "", false
	}
	if err := s.personal(ctx, set, *v, &c); err != nil {
		return c, err
	}
	return c, s.met(ctx, *v, c.Triggers)
}

// site is where the browser is: for clients of the compatible API where its visitor is.
func (s *Service) site(ctx context.Context, q Question, v *visitor) (chat.SiteID, error) {
	if !q.Own && v != nil {
		return v.site, nil
	}
	return s.Sites.Choose(ctx, q.Site, q.Host)
}

// Forget has the next question read what there is anew.
func (s *Service) Forget() { s.offers.drop() }

// visitor finds whose browser asks, nil for a stranger.
func (s *Service) visitor(ctx context.Context, q Question) (*visitor, error) {
	if q.Secret == "" {
		return byToken(ctx, s.DB, q.Token)
	}
	a, err := s.Guests.BySecret(ctx, q.Secret)
	if f, ok := fault.Of(err); ok && f.Kind == fault.Unauthenticated {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return byID(ctx, s.DB, a.Visitor)
}

// personal adds what is about this visitor: himself, his open room, who serves it.
func (s *Service) personal(ctx context.Context, set *chat.Settings, v visitor, c *Config) error {
	c.Guest, c.Room = &v.guest, v.room
	if v.room == nil {
		return nil
	}
	if v.room.ServedBy == nil {
		return s.place(ctx, c)
	}
	agent, err := findAgent(ctx, s.DB, v.room.ServedBy.ID)
	if err != nil {
		return err
	}
	view := agent.ForVisitor(set)
	c.Agent = &view
	if view.Hidden {
		v.room.ServedBy = &chat.ServedBy{TS: v.room.ServedBy.TS}
	}
	return nil
}

// met marks the triggers that the visitor has met on whatever device and page.
func (s *Service) met(ctx context.Context, v visitor, all []Trigger) error {
	if len(all) == 0 {
		return nil
	}
	known, err := metBy(ctx, s.DB, v.guest.ID)
	for i := range all {
		all[i].Met = slices.Contains(known, all[i].ID)
	}
	return err
}

// place adds where the visitor's room stands in its queue (RQ-POS-6).
func (s *Service) place(ctx context.Context, c *Config) (err error) {
	c.QueueInfo, err = s.Queue.QueueInfo(ctx, c.Room.ID)
	return err
}

// address is where visitors reach this server, without a slash at the end.
func (s *Service) address(set *chat.Settings) string {
	if set.SiteURL != "" {
		return trimSlash(set.SiteURL)
	}
	return trimSlash(s.RootURL)
}
