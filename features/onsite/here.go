package onsite

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/search"
)

// Beat is a browser's sign of life.
type Beat struct {
	Page    string      // the browser's own name for its page load
	Account chat.SiteID // of the page, or empty
	Host    string      // of the page
	Secret  string      // of a visitor who has acted, or empty

	Href, Title, Referrer          string
	Name, StaffName, Email, Phone  string
	Targets                        []string
	Ledger                         []chat.TriggerEntry // what triggers did on the page load
	Moved, Offered, Consents, Left bool

	IP, Browser string // of the request
}

// Call is what a browser is told: whether to go on, and what an agent has said.
type Call struct {
	Watched    bool    `json:"watched" doc:"False: nothing was noted, and nothing need be told again on this page."`
	Invitation *Spoken `json:"invitation,omitempty"`
}

// Spoken is an invitation as the visitor reads it.
type Spoken struct {
	ID    string         `json:"_id"`
	Text  string         `json:"text"`
	Agent chat.AgentView `json:"agent"`
}

// row is a stored sighting.
type row struct {
	id, page, kin           string
	site                    chat.SiteID
	visitor                 chat.VisitorID
	b                       Beat
	pages, visits           int64
	began, left             clock.Instant
	invitation, text        string
	by                      chat.UserID
	invitedAt, seen, expiry clock.Instant
}

// Here notes a sign of life and answers what is open for the visitor. Where the site's
// settings say that nobody is watched, or not before he agreed, nothing is noted.
func (s *Service) Here(ctx context.Context, b Beat) (c Call, err error) {
	site, err := s.Sites.Choose(ctx, b.Account, b.Host)
	if err != nil {
		return c, err
	}
	set, err := s.Sites.For(ctx, site)
	if err != nil || !set.VisitorsOnSite || set.ForceConsent && !b.Consents {
		return c, err
	}
	visitor, err := s.visitor(ctx, b.Secret)
	if err != nil {
		return c, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		old, err := s.known(ctx, tx, site, visitor, b)
		if err != nil {
			return err
		}
		if b.Left {
			return s.leaves(ctx, tx, old)
		}
		c.Watched, err = s.sees(ctx, tx, old, b)
		if err == nil && c.Watched {
			c.Invitation, err = spokenTo(ctx, tx, id.Hash(b.Page), set)
		}
		return err
	})
	return c, err
}

func (s *Service) visitor(ctx context.Context, secret string) (chat.VisitorID, error) {
	if secret == "" {
		return "", nil
	}
	a, err := s.Guests.BySecret(ctx, secret)
	if f, ok := fault.Of(err); ok && f.Kind == fault.Unauthenticated {
		err = nil
	}
	return a.Visitor, err
}

// known is the row of a page load, of its visitor, or of the page load that it follows;
// else a new one without an id.
func (s *Service) known(ctx context.Context, tx *db.Tx, site chat.SiteID, v chat.VisitorID, b Beat) (row, error) {
	page := id.Hash(b.Page)
	fresh := row{page: page, kin: id.Hash(b.IP + "\n" + b.Browser + "\n" + string(site)), site: site, visitor: v, began: tx.Now(), visits: 1}
	old, err := rowOfPage(ctx, tx, page)
	if gone(err) && v != "" && !b.Left {
		old, err = rowOfVisitor(ctx, tx, v, site)
	}
	if gone(err) && v == "" && b.Moved && !b.Left {
		old, err = rowBefore(ctx, tx, fresh.kin, address(b.Referrer), address(b.Href))
	}
	if gone(err) {
		return fresh, nil
	}
	if v == "" { // whoever has cleared his browser is known as long as this page is there
		v = old.visitor
	}
	old.page, old.kin, old.visitor = page, fresh.kin, v
	return old, err
}

// sees writes what a beat tells; it reports false when there are too many visitors already.
func (s *Service) sees(ctx context.Context, tx *db.Tx, r row, b Beat) (bool, error) {
	next := r
	next.b = tidied(b, r)
	ledger, err := toldOf(ctx, tx, b.Ledger, r)
	if err != nil {
		return false, err
	}
	next.b.Ledger = ledger
	next.seen, next.left, next.expiry = tx.Now(), 0, tx.Now().Add(lives)
	if r.id == "" || b.Moved {
		next.pages++
	}
	if r.id == "" {
		if full, err := full(ctx, tx, id.Hash(b.IP)); err != nil || full {
			return false, err
		}
		next.id = id.New()
	}
	if err := s.recognise(ctx, tx, &next, r.id == ""); err != nil {
		return false, err
	}
	if err := save(ctx, tx, next, r.id == ""); err != nil {
		return false, err
	}
	if err := settle(ctx, tx, &next); err != nil {
		return false, err
	}
	if !news(r, next) {
		return true, nil
	}
	return true, tx.Emit(ctx, chat.VisitorsMoved{})
}

// recognise counts the visits of a visitor who has acted; who was erased is nobody known.
func (s *Service) recognise(ctx context.Context, tx *db.Tx, r *row, fresh bool) (err error) {
	if r.visitor == "" {
		return nil
	}
	if r.visits, err = visit(ctx, tx, r.visitor, fresh); gone(err) {
		r.visitor, r.visits, err = "", 1, nil
	}
	return err
}

// settle has a visitor who has acted there once, however many pages he looks at: what
// was said to him last stands on this one, and ends with the chat that comes of it.
func settle(ctx context.Context, tx *db.Tx, r *row) error {
	if r.visitor == "" {
		return nil
	}
	others, err := removeOthers(ctx, tx, *r)
	if err != nil {
		return err
	}
	said := *r
	for _, o := range others {
		if o.invitation != "" && o.invitedAt > said.invitedAt {
			said = o
		}
	}
	if said.invitation != "" {
		if over, err := answered(ctx, tx, r.visitor, said.invitedAt); err != nil {
			return err
		} else if over {
			said = row{}
		}
	}
	if said.invitation == r.invitation {
		return nil
	}
	r.invitation = said.invitation
	_, err = invite(ctx, tx, r.id, said)
	return err
}

// leaves keeps the row a moment for the page load that may follow.
func (s *Service) leaves(ctx context.Context, tx *db.Tx, r row) error {
	if r.id == "" || r.left != 0 {
		return nil
	}
	if err := leave(ctx, tx, r.id, tx.Now().Add(follows)); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.VisitorsMoved{})
}

// searchText is what staff's search looks in.
func searchText(b Beat) string {
	return search.Fold(strings.Join([]string{b.Name, b.StaffName, b.Email, b.Href, b.Title}, "\n"))
}

// tidied is a beat as it is stored: the first referrer stays, and targets once reached.
func tidied(b Beat, before row) Beat {
	b.Href, b.Title = address(b.Href), strings.TrimSpace(b.Title)
	b.Name, b.StaffName = strings.TrimSpace(b.Name), strings.TrimSpace(b.StaffName)
	b.Email, b.Phone = strings.TrimSpace(b.Email), strings.TrimSpace(b.Phone)
	if b.Referrer = address(b.Referrer); before.id != "" {
		b.Referrer = before.b.Referrer
	} else if hostOf(b.Referrer) == hostOf(b.Href) {
		b.Referrer = ""
	}
	all := append([]string{}, before.b.Targets...)
	for _, t := range b.Targets {
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	b.Targets = all[max(0, len(all)-mostGoals):]
	return b
}

// address is a page's without what follows a "#", which browsers send nobody either, and
// empty where it is no web page's.
func address(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String()
}

func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return cmp.Or(u.Host, text)
}

// news is whether the list looks otherwise now.
func news(old, now row) bool {
	a, b := old.b, now.b
	return old.id == "" || old.left != 0 || old.visitor != now.visitor || old.pages != now.pages || old.invitation != now.invitation ||
		a.Href != b.Href || a.Title != b.Title || a.Offered != b.Offered || a.Name != b.Name || a.StaffName != b.StaffName ||
		a.Email != b.Email || a.Phone != b.Phone || len(a.Targets) != len(b.Targets) || !sameLedger(a.Ledger, b.Ledger)
}
