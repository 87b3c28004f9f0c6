// Package onsite knows who is on the sites now: browsers tell while a page is looked at,
// and whoever tells nothing for a while is gone. Agents see the list and may invite; the
// invitation lies with the visitor's row and dies with it. Nothing is put into a browser
// for this, and what is known of a visitor who never acts is forgotten within minutes.
package onsite

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Sites knows the websites this server serves.
type Sites interface {
	// Choose is the site of an account, or without one that of a page's host.
	Choose(ctx context.Context, account chat.SiteID, host string) (chat.SiteID, error)
	// For is the snapshot of the settings as a site has them.
	For(ctx context.Context, site chat.SiteID) (*chat.Settings, error)
}

// Guests knows who holds a secret of our own widget.
type Guests interface {
	BySecret(ctx context.Context, secret string) (chat.Actor, error)
}

// Deps is what the service needs.
type Deps struct {
	DB     *db.DB
	Sites  Sites
	Guests Guests
}

// Service keeps the list.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

const (
	lives     = 45 * time.Second // after a sign of life: three of the browser's beats
	follows   = 30 * time.Second // for which the next page load is taken for the same visit
	newVisit  = 30 * time.Minute // away so long, who comes back comes again
	most      = 10_000           // visitors; more are not noted
	mostOfOne = 200              // visitors behind one address; more are not noted
	mostGoals = 20               // target pages of one visitor
)

// Status is what a visitor on a site does.
type Status string

// The statuses.
const (
	Browsing Status = "browsing"
	Offered  Status = "offered" // an agent, a trigger or the page has spoken and waits for an answer
	Waiting  Status = "waiting" // in the queue
	Chatting Status = "chatting"
)

// Statuses lists them.
func Statuses() []Status { return []Status{Browsing, Offered, Waiting, Chatting} }

// Invitation is what an agent has said to a visitor who has not answered yet.
type Invitation struct {
	ID   string        `json:"_id"`
	Text string        `json:"text"`
	By   chat.UserRef  `json:"by"`
	At   clock.Instant `json:"at"`
}

// Sighting is a visitor on a site, as agents see him.
type Sighting struct {
	ID         string         `json:"_id"`
	Site       chat.SiteID    `json:"site"`
	SiteName   string         `json:"siteName"`
	Name       string         `json:"name,omitempty"`
	Email      string         `json:"email,omitempty"`
	Phone      string         `json:"phone,omitempty"`
	Href       string         `json:"href"`
	Title      string         `json:"title"`
	Referrer   string         `json:"referrer,omitempty" doc:"Where he came to the site from."`
	Browser    string         `json:"browser,omitempty" doc:"As it names itself."`
	Targets    []string       `json:"targets" doc:"The target pages he has reached."`
	Pages      int64          `json:"pages"`
	Visits     int64          `json:"visits"`
	Since      clock.Instant  `json:"since"`
	SeenAt     clock.Instant  `json:"seenAt"`
	Status     Status         `json:"status"`
	Invitation *Invitation    `json:"invitation,omitempty"`
	Room       chat.RoomID    `json:"room,omitempty" doc:"His open chat, for who serves it or sees every chat."`
	Visitor    chat.VisitorID `json:"visitorId,omitempty"`
}

var (
	errGone     = fault.New(fault.NotFound, "error-visitor-gone", "The visitor has left the site")
	errChatting = fault.New(fault.Invalid, "error-visitor-chatting", "The visitor is in a chat")
	errAgent    = fault.New(fault.Forbidden, "error-not-an-agent", "Only an agent may invite")
)
