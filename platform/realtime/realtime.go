// Package realtime carries frames to connected clients: over a WebSocket, or
// over an event stream with posted frames where a WebSocket cannot be had. It
// knows peers, topics and numbered rooms, and asks a Gate for everything that has
// a meaning: who somebody is, what he may join, what a room said after number n.
//
// It keeps no history. A client says which number it saw last, the Gate reads the
// rest from the database, and what arrives meanwhile is held back, so that every
// number comes once and in order. It does not know about chats, users or storage.
package realtime

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// Hello is how a client introduces itself: with a one-time ticket or a secret.
type Hello struct {
	Version int
	Ticket  string
	Session string
	IP      string
}

// Peer is who is at the other end of a connection.
type Peer struct {
	ID       string   // unique per person; frames may name it in Except
	Topics   []string // what it hears without joining a room
	Identity any      // the Gate's own
	Session  string   // what Disconnect may match
	Lease    bool     // whether its connections are renewed
}

// Inbound is a frame the hub does not handle itself. Room, when set, is joined.
type Inbound struct {
	T    string
	Room string
	On   bool
	Seq  int64
}

// Door says who a client is and what it may hear and say.
type Door interface {
	// Hello identifies a client.
	Hello(ctx context.Context, h Hello) (Peer, error)
	// Again is the peer with its present rights; an error ends its connections.
	Again(ctx context.Context, p Peer) (Peer, error)
	// Join is the topic on which the peer may hear the room.
	Join(ctx context.Context, p Peer, room string) (topic string, err error)
	// After reads the room's frames numbered above after, without a gap, and its
	// last number; unnumbered ones among them are sent whatever is known. more: too many to send, the client must fetch them itself.
	After(ctx context.Context, p Peer, room string, after int64) (frames []Frame, head int64, more bool, err error)
	// Receive takes what a client says besides joining and leaving.
	Receive(ctx context.Context, p Peer, conn string, in Inbound) error
}

// Leases hears which connections live.
type Leases interface {
	Opened(ctx context.Context, p Peer, conn string)
	// Renew is called every RenewEvery with the connections whose peers have a lease.
	Renew(ctx context.Context, conns []string)
	Closed(ctx context.Context, p Peer, conn string)
}

// Gate is what the hub asks. Its faults are told to the client by their code.
type Gate interface {
	Door
	Leases
}

// Options of a hub; zero values mean the defaults.
type Options struct {
	Clock      clock.Clock
	Log        *slog.Logger
	Heartbeat  time.Duration                // how often clients ping; default 25 s
	PerAddress int                          // connections one address may have; 0: any
	PerMinute  int                          // frames a connection may send; 0: any
	Spread     time.Duration                // over how long a drain is spread; default 4 s
	ClientIP   func(r *http.Request) string // default: the remote address
}

// What a connection may cost.
const (
	// RenewEvery is how often living connections are reported to Leases.Renew.
	RenewEvery = 15 * time.Second

	helloWithin = 10 * time.Second
	maxFrame    = 64 << 10
	maxQueue    = 1000             // RT-54
	maxQueued   = 4 << 20          // RT-54, bytes
	maxHeld     = 256              // frames held while a backlog is read; more are read again
	maxRooms    = 500              // realtime 13
	maxRoomName = 100              // bytes
	silentFor   = 3                // heartbeats without a sign of life
	writeWithin = 20 * time.Second // for what was handed to the writer at once
	drainGrace  = 500 * time.Millisecond
)

// Close codes beyond those of RFC 6455.
const (
	CloseNormal       = 1000
	CloseGoingAway    = 1001
	ClosePolicy       = 1008 // too many connections or frames
	CloseTooBig       = 1009
	CloseInternal     = 1011
	CloseRestart      = 1012 // the bus is lost: connect elsewhere
	CloseTooSlow      = 1013 // RT-54: connect again and resume
	CloseUnknown      = 4401 // ticket, secret or session is not valid (any more)
	CloseHelloTimeout = 4408
)

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = clock.System
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 25 * time.Second
	}
	if o.Spread == 0 {
		o.Spread = 4 * time.Second
	}
	if o.ClientIP == nil {
		o.ClientIP = func(r *http.Request) string {
			host, _, _ := net.SplitHostPort(r.RemoteAddr)
			return host
		}
	}
	return o
}
