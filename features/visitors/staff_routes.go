package visitors

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewLRoom   = string(chat.ViewLRoom)
	viewManager = string(chat.ViewLivechatManager)
)

// staffRows are what people look up about visitors.
func (s *Service) staffRows() []rest.Endpoint {
	tag := rest.Tag("visitors")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/visitors.info", rest.Any(viewLRoom), "One visitor.", s.getInfo, tag, rest.Errors("visitor-not-found")),
		rest.Row("GET", "/api/v1/livechat/visitors.pagesVisited/{roomId}", rest.Any(viewLRoom), "Pages seen in a room, newest first.", s.getPages, tag, rest.Errors("invalid-room")),
		rest.Row("GET", "/api/v1/livechat/visitors.chatHistory/room/{roomId}/visitor/{visitorId}", rest.Any(viewLRoom), "A visitor's conversations.", s.getHistory, tag, rest.Errors("invalid-room")),
		rest.Row("GET", "/api/v1/livechat/visitors.searchChats/room/{roomId}/visitor/{visitorId}", rest.Any(viewLRoom), "Search a visitor's conversations.", s.getChats, tag, rest.Errors("invalid-room")),
		rest.Row("GET", "/api/v1/livechat/visitors.autocomplete", rest.Any(viewLRoom), "Visitors for a choice.", s.getCompletion, tag),
		rest.Row("GET", "/api/v1/livechat/visitors.search", rest.Any(viewLRoom), "Search visitors by name, username, address and number.", s.getSearch, tag),
		rest.Row("GET", "/api/v1/livechat/visitor/{token}/room", rest.Any(viewManager), "A visitor's open conversations.", s.getOpenRooms, tag, rest.Errors("[invalid-token]")),
	}
}

type getInfo struct {
	VisitorID chat.VisitorID `query:"visitorId" required:"true"`
}

func (s *Service) getInfo(ctx context.Context, r getInfo) (visitorResult, error) {
	v, err := byID(ctx, s.DB, r.VisitorID)
	if gone(err) {
		return visitorResult{}, errNoVisitor()
	}
	return visitorResult{Visitor: s.Settings.Current().ShownVisitor(v)}, err
}

// slice is the part of a list that a page asks for.
func slice(p rest.Page) Slice { return Slice{Offset: p.Offset, Limit: p.Limit(), Sort: p.Sort} }

func counted(p rest.Page, count int, total int64) rest.Counted {
	return rest.Counted{Offset: p.Offset, Count: count, Total: total}
}

type getPages struct {
	rest.Page
	RoomID chat.RoomID `path:"roomId"`
}

// PageMessage is a page view in the form of a message (lifecycle 1.9).
type PageMessage struct {
	ID         string           `json:"_id"`
	RID        chat.RoomID      `json:"rid"`
	T          chat.MessageType `json:"t"`
	TS         clock.Instant    `json:"ts"`
	Msg        string           `json:"msg"`
	U          chat.UserRef     `json:"u"`
	Groupable  bool             `json:"groupable"`
	Navigation navigation       `json:"navigation"`
	UpdatedAt  clock.Instant    `json:"_updatedAt"`
}

type pagesPage struct {
	Pages []PageMessage `json:"pages"`
	rest.Counted
}

func (s *Service) getPages(ctx context.Context, r getPages) (pagesPage, error) {
	found, total, err := s.PagesOf(ctx, rest.Identity[chat.Actor](ctx), r.RoomID, slice(r.Page))
	page := pagesPage{Pages: make([]PageMessage, len(found)), Counted: counted(r.Page, len(found), total)}
	for i, p := range found {
		page.Pages[i] = PageMessage{ID: p.ID, RID: p.RoomID, T: chat.MessageNavigation, TS: p.At, Msg: p.Msg(), U: chat.System.Ref(),
			Navigation: navigation{Page: pageInfo{Change: p.Change, Title: p.Title, Location: location{Href: p.Href}}}, UpdatedAt: p.At}
	}
	return page, err
}

type getHistory struct {
	rest.Page
	RoomID    chat.RoomID    `path:"roomId"`
	VisitorID chat.VisitorID `path:"visitorId"`
}

type historyPage struct {
	History []chat.Room `json:"history"`
	rest.Counted
}

func (s *Service) getHistory(ctx context.Context, r getHistory) (historyPage, error) {
	rooms, total, err := s.History(ctx, rest.Identity[chat.Actor](ctx), r.RoomID, HistoryFilter{Visitor: r.VisitorID, Slice: slice(r.Page)})
	return historyPage{History: rooms, Counted: counted(r.Page, len(rooms), total)}, err
}

type getChats struct {
	getHistory
	Text       string `query:"searchText" maxLength:"255"`
	ClosedOnly bool   `query:"closedChatsOnly"`
	ServedOnly bool   `query:"servedChatsOnly"`
	Source     string `query:"source" enum:"widget,sms,api,email,app,other"`
}

func (s *Service) getChats(ctx context.Context, r getChats) (historyPage, error) {
	f := HistoryFilter{Visitor: r.VisitorID, Text: r.Text, ClosedOnly: r.ClosedOnly, ServedOnly: r.ServedOnly, Source: r.Source, Slice: slice(r.Page)}
	rooms, total, err := s.History(ctx, rest.Identity[chat.Actor](ctx), r.RoomID, f)
	return historyPage{History: rooms, Counted: counted(r.Page, len(rooms), total)}, err
}

// selector is the JSON text of a choice.
type selector struct {
	Term       string           `json:"term"`
	Exceptions []chat.VisitorID `json:"exceptions"`
}

type getCompletion struct {
	// A text on the wire: as an object it would accept selector[term]=x.
	Selector string `query:"selector" required:"true" maxLength:"20000" doc:"JSON text: {term?, exceptions?: id[]}."`
}

const exceptionsMost = 200

func (r getCompletion) selector() (sel selector, err error) {
	err = json.Unmarshal([]byte(r.Selector), &sel)
	unstorable := strings.Contains(r.Selector, `\u0000`) // no database takes it
	if err != nil || unstorable || len(sel.Exceptions) > exceptionsMost {
		return sel, fault.New(fault.Invalid, "invalid-params", "The parameter 'selector' is not a valid selector")
	}
	return sel, nil
}

// Choice is a visitor one may choose.
type Choice struct {
	ID         chat.VisitorID `json:"_id"`
	Username   string         `json:"username"`
	Name       string         `json:"name,omitempty"`
	CustomName string         `json:"custom_name"` // what to show
}

type choices struct {
	Items []Choice `json:"items"`
}

func (s *Service) getCompletion(ctx context.Context, r getCompletion) (choices, error) {
	sel, err := r.selector()
	if err != nil {
		return choices{}, err
	}
	found, err := s.Complete(ctx, sel.Term, sel.Exceptions)
	items := make([]Choice, len(found))
	for i, v := range found {
		items[i] = Choice{ID: v.ID, Username: v.Username, Name: v.Name, CustomName: v.DisplayName()}
	}
	return choices{Items: items}, err
}

type getSearch struct {
	rest.Page
	Term string `query:"term" required:"true" maxLength:"255"`
}

// Found is a visitor in a list.
type Found struct {
	ID       chat.VisitorID `json:"_id"`
	Username string         `json:"username"`
	Name     string         `json:"name,omitempty"`
	Emails   []chat.Email   `json:"visitorEmails,omitempty"`
	Phone    []chat.Phone   `json:"phone,omitempty"`
	LastChat *chat.ChatRef  `json:"lastChat,omitempty"`
}

type foundPage struct {
	Visitors []Found `json:"visitors"`
	rest.Counted
}

func (s *Service) getSearch(ctx context.Context, r getSearch) (foundPage, error) {
	found, total, err := s.Search(ctx, r.Term, slice(r.Page))
	page := foundPage{Visitors: make([]Found, len(found)), Counted: counted(r.Page, len(found), total)}
	for i, v := range found {
		page.Visitors[i] = Found{ID: v.ID, Username: v.Username, Name: v.Name, Emails: v.VisitorEmails, Phone: v.Phone, LastChat: v.LastChat}
	}
	return page, err
}

// OpenRoom is one of a visitor's open conversations.
type OpenRoom struct {
	ID       chat.RoomID    `json:"_id"`
	T        string         `json:"t"`
	CL       bool           `json:"cl"`
	ServedBy *chat.ServedBy `json:"servedBy,omitempty"`
}

type roomsResult struct {
	Rooms []OpenRoom `json:"rooms"`
}

func (s *Service) getOpenRooms(ctx context.Context, r byTokenRequest) (roomsResult, error) {
	found, err := s.OpenRooms(ctx, rest.Identity[chat.Actor](ctx), r.Token)
	rooms := make([]OpenRoom, len(found))
	for i, o := range found {
		rooms[i] = OpenRoom{ID: o.ID, T: o.T, CL: o.CL, ServedBy: o.ServedBy}
	}
	return roomsResult{Rooms: rooms}, err
}
