package visitors

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

const (
	pagesKept   = 100                 // of one visitor without a room; older ones give way
	pagesExpire = 30 * 24 * time.Hour // of those without a room (LC-NAV-4)
)

// Page is one visit of a page of the host site.
type Page struct {
	ID     string
	RoomID chat.RoomID
	Change string // url or title: what changed
	Title  string
	Href   string
	At     clock.Instant
}

// Msg is how staff read it.
func (p Page) Msg() string { return p.Title + " - " + p.Href }

// pagesBefore owns the pages of a token that is not registered yet. The token itself is not stored.
func pagesBefore(token string) string { return "token:" + id.Hash(token) }

// PageVisited stores a page view if such changes are monitored (LC-NAV-1) and
// reports whether it did. The visitor need not be registered: the pages wait for
// him; an unknown room, or somebody else's, is as none.
func (s *Service) PageVisited(ctx context.Context, token string, p Page) (bool, error) {
	if !tokenUsable(token) {
		return false, invalidToken()
	}
	owner := pagesBefore(token)
	switch v, err := byToken(ctx, s.DB, token); {
	case err == nil:
		owner = string(v.ID)
	case !gone(err):
		return false, err
	}
	return s.see(ctx, owner, p)
}

// see stores a page view of its owner, if such changes are monitored.
func (s *Service) see(ctx context.Context, owner string, p Page) (bool, error) {
	if p.Change != s.Settings.Current().HistoryMonitorType {
		return false, nil
	}
	p.Title, p.Href = cleanText(p.Title, 1000), cleanText(p.Href, 4000)
	return true, s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		if p.RoomID, err = openRoomOf(ctx, tx, owner, p.RoomID); err != nil {
			return err
		}
		p.ID, p.At = id.New(), tx.Now()
		if err := insertPage(ctx, tx, owner, p); err != nil {
			return err
		}
		if p.RoomID != "" && s.Settings.Current().NavigationAsMessage {
			page := chat.NavigationPage{Change: p.Change, Title: p.Title, Location: chat.NavigationLocation{Href: p.Href}}
			if err := tx.Emit(ctx, chat.PageVisited{RID: p.RoomID, ID: p.ID, Text: p.Msg(), Page: page}); err != nil {
				return err
			}
		}
		return dropOldestPages(ctx, tx, owner, pagesKept)
	})
}

// PagesOf lists the pages seen in a room the actor may see, newest first (LC-NAV-7).
func (s *Service) PagesOf(ctx context.Context, by chat.Actor, rid chat.RoomID, p Slice) ([]Page, int64, error) {
	if _, err := s.seen(ctx, by, rid); err != nil {
		return nil, 0, err
	}
	return pagesOf(ctx, s.DB, rid, p)
}
