package realtime

import (
	"encoding/json"
	"strings"
	"unicode"

	"github.com/foyerchat/foyer/platform/fault"
)

// ClientFrame is everything a client may send; T says which fields count.
type ClientFrame struct {
	T       string `json:"t"` // hello, join, leave, typing, seen, idle or ping
	V       int    `json:"v,omitempty"`
	Ticket  string `json:"ticket,omitempty"`
	Session string `json:"session,omitempty"`
	Room    string `json:"room,omitempty"`
	After   int64  `json:"after,omitempty"`
	On      bool   `json:"on,omitempty"`
	Seq     int64  `json:"seq,omitempty"`
}

// The faults of frames.
var (
	errFrame     error = fault.New(fault.Invalid, "bad-frame", "")
	errHello     error = fault.New(fault.Invalid, "hello-first", "")
	errAgain     error = fault.New(fault.Invalid, "already-welcome", "")
	errVersion   error = fault.New(fault.Invalid, "unknown-version", "")
	errMany      error = fault.New(fault.TooMany, "too-many-requests", "")
	errNotJoined error = fault.New(fault.Invalid, "not-joined", "")
	errRooms     error = fault.New(fault.Invalid, "too-many-rooms", "")
)

// ErrUnknownFrame is what a Gate answers to a frame it does not know.
var ErrUnknownFrame error = fault.New(fault.Invalid, "unknown-frame", "")

func isPing(b []byte) bool { return string(b) == `{"t":"ping"}` }

func (c *client) receive(b []byte) {
	var f ClientFrame
	bad := json.Unmarshal(b, &f) != nil
	c.mu.Lock()
	allowed, greeted := c.allow(), c.greeted
	c.mu.Unlock()
	switch {
	case !allowed:
		c.refuse(f.Room, errMany)
	case bad:
		c.refuse("", errFrame)
	case f.T == "hello":
		c.hello(f)
	case !greeted:
		c.refuse("", errHello)
	default:
		if err := c.take(f); err != nil {
			c.refuse(f.Room, err)
		}
	}
}

// printable reports whether a room's name is short and without control characters.
func printable(room string) bool {
	return len(room) <= maxRoomName && !strings.ContainsFunc(room, unicode.IsControl)
}

func (c *client) take(f ClientFrame) error {
	if !printable(f.Room) {
		return errFrame
	}
	switch f.T {
	case "ping":
		c.send(pong)
		return nil
	case "join":
		return c.join(f.Room, f.After)
	case "leave":
		c.leave(f.Room)
		return nil
	}
	if f.Room != "" && !c.hears(f.Room) {
		return errNotJoined
	}
	ctx, cancel := c.hub.context()
	defer cancel()
	return c.hub.gate.Receive(ctx, c.whoever(), c.id, Inbound{T: f.T, Room: f.Room, On: f.On, Seq: f.Seq})
}

// hello identifies the client; who cannot be identified is closed.
func (c *client) hello(f ClientFrame) {
	err := c.greet(f)
	if err == nil {
		return
	}
	c.refuse("", err)
	if _, known := fault.Of(err); !known {
		c.close(CloseInternal, "try again later")
	} else if err != errAgain {
		c.close(CloseUnknown, "hello refused")
	}
}

func (c *client) greet(f ClientFrame) error {
	c.mu.Lock()
	greeted := c.greeted
	c.mu.Unlock()
	switch {
	case greeted:
		return errAgain
	case f.V != 1:
		return errVersion
	}
	ctx, cancel := c.hub.context()
	defer cancel()
	changes := c.hub.changes.Load()
	p, err := c.hub.gate.Hello(ctx, Hello{Version: f.V, Ticket: f.Ticket, Session: f.Session, IP: c.addr})
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.peer, c.greeted = p, true
	c.mu.Unlock()
	c.listen(p.Topics)
	if c.hub.changes.Load() != changes { // somebody's rights ended meanwhile, perhaps these
		c.refresh(ctx)
	}
	c.hub.gate.Opened(ctx, p, c.id)
	c.send(marshal(Welcome{T: "welcome", Heartbeat: c.hub.opt.Heartbeat.Milliseconds()}))
	return nil
}
