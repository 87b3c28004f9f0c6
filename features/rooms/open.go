package rooms

import (
	"cmp"
	"context"
	"errors"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Opening is a visitor's wish to talk.
type Opening struct {
	Visitor chat.VisitorID
	RID     chat.RoomID  // continue this room; empty: the open one, else a new one
	Agent   chat.AgentID // wished agent
	Shown   bool         // he is wished for because the visitor was spoken to in his name
	Source  chat.Source

	Initiator string  // how a new room came about; empty: the visitor himself
	Offers    []Offer // what was said to the visitor before he answered
	Page      string  // the browser's own name for its page load, on which an agent may have invited

	Priority string // of a new room: id or name; empty: none
	SLA      string // the same of a policy

	Email *chat.RoomEmail // of a room that begins with a mail

	Extra map[string]string // what a client wants kept with a new room
}

// Bounds of what clients have kept with a room.
const (
	extraMost   = 50
	extraName   = 100 // characters
	extraLength = 1000
)

// fit refuses more of a client's own data than is kept.
func (o Opening) fit() error {
	if len(o.Extra) > extraMost {
		return fault.New(fault.Invalid, "invalid-params", "must NOT have more than 50 other keys")
	}
	for name, value := range o.Extra {
		if name == "" || utf8.RuneCountInString(name) > extraName {
			return fault.New(fault.Invalid, "invalid-params", "other keys must have 1 to 100 characters")
		}
		if utf8.RuneCountInString(value) > extraLength {
			return fault.New(fault.Invalid, "invalid-params", "must NOT have more than 1000 characters").At(name)
		}
	}
	return nil
}

// kept is a client's own data as rooms have it.
func (o Opening) kept() map[string]any {
	out := make(map[string]any, len(o.Extra))
	for name, value := range o.Extra {
		out[name] = value
	}
	return out
}

// wished is the preferred agent, nil: nobody.
func (o Opening) wished() *chat.DefaultAgent {
	switch {
	case o.Agent == "":
		return nil
	case o.Shown:
		return &chat.DefaultAgent{AgentID: o.Agent, Why: chat.PreferShown}
	}
	return &chat.DefaultAgent{AgentID: o.Agent}
}

// openTries bounds how often a lost race for the visitor's one open room is run again.
const openTries = 5

// Open returns the visitor's open room or opens one; parallel calls return the
// same room (LC-START-1 to 6). opened says whether it is new.
func (s *Service) Open(ctx context.Context, o Opening) (r chat.Room, opened bool, err error) {
	if !s.Settings.Current().LivechatEnabled {
		return r, false, errDisabled()
	}
	if err := o.fit(); err != nil {
		return r, false, err
	}
	if o.RID != "" {
		r, err = s.continued(ctx, o)
		return r, false, err
	}
	for range openTries {
		if r, err = findOpen(ctx, s.DB, o.Visitor, o.Source.Type); !errors.Is(err, db.ErrNoRows) {
			return r, false, err
		}
		if r, err = s.opened(ctx, o); !errors.Is(err, errOpenAlready) {
			return r, err == nil, err
		}
	}
	return r, false, fault.New(fault.Unavailable, "error-room-cannot-be-opened-try-again", "")
}

// continued finds the open room a visitor names as his (LC-START-2).
func (s *Service) continued(ctx context.Context, o Opening) (chat.Room, error) {
	r, err := findRoom(ctx, s.DB, o.RID)
	if errors.Is(err, db.ErrNoRows) || err == nil && (r.V.ID != o.Visitor || !r.Open) {
		return chat.Room{}, errInvalidRoom()
	}
	return r, err
}

// errOpenAlready undoes the opening of a visitor's second room.
var errOpenAlready = errors.New("the visitor has an open room")

// opened creates the room, its first message, its inquiry and, when an agent is
// there for it, the assignment: all or nothing (lifecycle 4.4).
func (s *Service) opened(ctx context.Context, o Opening) (r chat.Room, err error) {
	if o, err = s.invited(ctx, o); err != nil {
		return r, err
	}
	ctx = s.aheadOfOpening(ctx, o)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, inquiry, err := s.begin(ctx, tx, o)
		if err != nil {
			return err
		}
		if l.room.Verifying {
			err = s.await(ctx, l, inquiry, o.Offers)
		} else {
			err = s.place(ctx, l, inquiry, o.Offers)
		}
		if err != nil {
			return err
		}
		r = l.room
		return l.save(ctx)
	})
	if err != nil {
		return r, err
	}
	return findRoom(ctx, s.DB, r.ID)
}

// place begins a new room where routing has it: with its agent, or in a queue.
func (s *Service) place(ctx context.Context, l *ledger, inquiry chat.Inquiry, offers []Offer) error {
	inquiry, pick, err := s.Router.Place(ctx, l.tx, inquiry)
	if err != nil {
		return err
	}
	if err := s.placed(ctx, l, inquiry); err != nil {
		return err
	}
	if err := s.start(ctx, l, inquiry, offers); err != nil {
		return err
	}
	return s.deal(ctx, l, inquiry, pick)
}

// deal gives a room to whom routing picked, or lets it wait.
func (s *Service) deal(ctx context.Context, l *ledger, inquiry chat.Inquiry, pick chat.Pick) error {
	if pick.Agent == "" {
		return s.wait(ctx, l, inquiry)
	}
	return s.assign(ctx, l, pick)
}

// placed gives a new room the department it was placed in; a visitor whose department
// has nobody is settled in its fallback with it (RQ-DEP-5).
func (s *Service) placed(ctx context.Context, l *ledger, i chat.Inquiry) error {
	wished := l.room.DepartmentID
	l.room.DepartmentID = i.Department
	if err := l.locate(ctx); err != nil || wished == "" || i.Department == "" || wished == i.Department {
		return err
	}
	return s.Guests.Settle(ctx, l.tx, l.room.V.ID, i.Department)
}

// begin stores the room itself; the visitor's row tells whose it is.
func (s *Service) begin(ctx context.Context, tx *db.Tx, o Opening) (*ledger, chat.Inquiry, error) {
	v, err := findVisitor(ctx, tx, byID, o.Visitor)
	if errors.Is(err, db.ErrNoRows) {
		return nil, chat.Inquiry{}, errInvalidToken()
	} else if err != nil {
		return nil, chat.Inquiry{}, err
	}
	if err := s.awake(ctx, tx, v.Site); err != nil {
		return nil, chat.Inquiry{}, err
	}
	code, err := tx.Next(ctx, "rooms")
	if err != nil {
		return nil, chat.Inquiry{}, err
	}
	l := ledgerOf(tx, newRoom(v, o, code))
	l.room.TS, l.room.LM, l.room.QueuedAt = tx.Now(), tx.Now(), tx.Now()
	if l.room.ContactID, err = s.Contacts.Begin(ctx, tx, v, l.room); err != nil {
		return nil, chat.Inquiry{}, err
	}
	if l.room.Verifying, err = s.Contacts.Awaits(ctx, tx, l.room); err != nil {
		return nil, chat.Inquiry{}, err
	}
	if err := wishes(ctx, tx, &l.room, o); err != nil {
		return nil, chat.Inquiry{}, err
	}
	if new, err := insertRoom(ctx, tx, l.room); err != nil || !new {
		if err == nil {
			err = errOpenAlready
		}
		return nil, chat.Inquiry{}, err
	}
	if len(v.RoomData) > 0 {
		if err := s.Guests.RoomDataGiven(ctx, tx, v.ID); err != nil {
			return nil, chat.Inquiry{}, err
		}
	}
	inquiry := chat.Inquiry{ID: chat.InquiryID(id.New()), TS: tx.Now(), QueuedAt: tx.Now(),
		Status: chat.StatusQueued, UpdatedAt: tx.Now(), DefaultAgent: o.wished()}.About(l.room)
	return l, inquiry, nil
}

// awake refuses a new chat while the visitor's site is outside hours of its own, unless
// chats may wait while nobody is there.
func (s *Service) awake(ctx context.Context, q db.Querier, site chat.SiteID) error {
	now := s.Settings.Current()
	if !now.EnableBusinessHours || now.BusinessHourType != "Multiple" || now.AcceptChatsWithNoAgents {
		return nil
	}
	if shut, err := siteShut(ctx, q, site); err != nil || !shut {
		return err
	}
	return fault.New(fault.Invalid, "no-agent-online", "Sorry, no online agents")
}

// start writes the first message, what was said before it, and queues the inquiry.
func (s *Service) start(ctx context.Context, l *ledger, inquiry chat.Inquiry, offers []Offer) error {
	no := false
	started := chat.Message{ID: chat.MessageID(id.New()), T: chat.MessageStarted, U: visitor(l.room.V), Token: l.room.V.Token,
		Alias: l.room.V.Name, Groupable: &no}
	opened := l.room
	opened.Seq, opened.Msgs = 1, 1 // as after its first message
	if err := l.tx.Emit(ctx, chat.RoomOpened{Room: opened, Inquiry: inquiry}); err != nil {
		return err
	}
	if _, err := l.say(ctx, started); err != nil {
		return err
	}
	if err := s.recall(ctx, l, offers); err != nil {
		return err
	}
	return s.Queue.Enter(ctx, l.tx, inquiry)
}

// newRoom has the initial values of lifecycle 1.4.
func newRoom(v chat.Visitor, o Opening, code int64) chat.Room {
	if o.Source.Type == chat.SourceWidget && o.Source.Destination == "" {
		o.Source.Destination = v.Host
	}
	return chat.Room{
		ID: chat.RoomID(id.New()), Site: v.Site, T: chat.RoomType, Code: code, FName: v.DisplayName(), UsersCount: 1,
		Open: true, Initiator: cmp.Or(o.Initiator, chat.InitiatorClient), V: v.View(), DepartmentID: v.Department, Source: o.Source, SMS: o.Source.SMS(), Facebook: o.Source.Facebook(), Email: o.Email, WaitingResponse: true,
		LivechatData: v.RoomData, CustomFields: o.kept(), PriorityWeight: chat.NoPriorityWeight, EstimatedWaitingTimeQueue: chat.NoEstimatedWaiting,
	}
}
