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

// Deps is what the widget needs. Files is the built widget (index.html, the
// loader, assets/…); RootURL is this server's address when no setting says it.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Settings Settings
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
	Site       chat.SiteID
	Department chat.DepartmentID
	Unit       chat.UnitID // only its departments are listed
	Token      string      // of a visitor of the compatible API
	Secret     string      // of a visitor of our own widget
	Own        bool        // our own widget asks
}

// Config is the configuration for one browser (settings.md 3). An unknown token
// or secret counts as none; an unknown unit is refused.
func (s *Service) Config(ctx context.Context, q Question) (Config, error) {
	if q.Site == "" {
		q.Site = chat.DefaultSite
	}
	o, err := s.offers.find(s.Clock.Now(), func() (offer, error) { return loadOffer(ctx, s.DB) })
	if err != nil {
		return Config{}, err
	}
	set := s.Settings.Current()
	c := general(set, s.address(set))
	if q.Unit != "" && !o.units[q.Unit] {
		return Config{}, fault.New(fault.Invalid, "error-unit-not-found", "Error! No Active Business Unit found with id: "+string(q.Unit))
	}
	c.Departments, c.CustomFields = o.departmentsOf(q.Site, q.Unit), o.fields
	c.Triggers = o.triggersOf(q.Site)
	c.Online = set.LivechatEnabled && (set.AcceptChatsWithNoAgents || o.online(q.Department, set))
	if !q.Own {
		for i := range c.Triggers {
			c.Triggers[i].Number, c.Triggers[i].Name = 0, ""
		}
	}
	v, err := s.visitor(ctx, q)
	if err != nil || v == nil {
		return c, err
	}
	if err := s.personal(ctx, set, *v, &c); err != nil {
		return c, err
	}
	return c, s.met(ctx, *v, c.Triggers)
}

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
