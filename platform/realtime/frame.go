package realtime

import (
	"encoding/binary"
	"encoding/json"
	"errors"
)

// Frame is something to send, with what the hub must know about it.
type Frame struct {
	Body    []byte // JSON, exactly what clients get
	Room    string // the room it belongs to, or ""
	Seq     int64  // its number in the room; 0: unnumbered, may be lost
	Except  string // the peer that does not get it
	Outside string // only for connections that have not joined this room
	Recheck bool   // the rights to hear the room may have changed: ask the Gate again
}

// Event is a numbered happening in a room.
type Event struct {
	T    string `json:"t"` // event
	Room string `json:"room"`
	Seq  int64  `json:"seq"`
	Name string `json:"name"`
	Data any    `json:"data,omitempty"`
}

// Push is an unnumbered happening outside a room.
type Push struct {
	T    string `json:"t"` // push
	Name string `json:"name"`
	Data any    `json:"data,omitempty"`
}

// Welcome answers a hello. Heartbeat is in milliseconds.
type Welcome struct {
	T         string `json:"t"` // welcome
	Heartbeat int64  `json:"heartbeat"`
}

// Joined ends the backlog of a room: the client has everything up to Seq, or,
// with More, must fetch the history itself.
type Joined struct {
	T    string `json:"t"` // joined
	Room string `json:"room"`
	Seq  int64  `json:"seq"`
	More bool   `json:"more"`
}

// Drain asks a client to connect elsewhere after so many milliseconds.
type Drain struct {
	T     string `json:"t"` // drain
	After int64  `json:"after"`
}

// Error says that a frame was refused, or that a room is no longer heard.
type Error struct {
	T    string `json:"t"` // error
	Code string `json:"code"`
	Room string `json:"room,omitempty"`
}

// Closed is the last frame of an event stream; a WebSocket has its close frame.
type Closed struct {
	T      string `json:"t"` // closed
	Code   int    `json:"code"`
	Reason string `json:"reason"`
}

var pong = []byte(`{"t":"pong"}`)

// NewEvent makes the frame of a room's event.
func NewEvent(room string, seq int64, name string, data any) (Frame, error) {
	b, err := json.Marshal(Event{T: "event", Room: room, Seq: seq, Name: name, Data: data})
	return Frame{Body: b, Room: room, Seq: seq}, err
}

// NewPush makes the frame of a push.
func NewPush(name string, data any) (Frame, error) {
	b, err := json.Marshal(Push{T: "push", Name: name, Data: data})
	return Frame{Body: b}, err
}

// encode is the frame as it travels over the bus: three texts, a number and a
// flag before the body.
func (f Frame) encode() []byte {
	b := make([]byte, 0, len(f.Body)+len(f.Room)+len(f.Except)+len(f.Outside)+16)
	for _, s := range [...]string{f.Room, f.Except, f.Outside} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendVarint(b, f.Seq)
	flag := byte(0)
	if f.Recheck {
		flag = 1
	}
	b = append(b, flag)
	return append(b, f.Body...)
}

var errTorn = errors.New("realtime: torn frame on the bus")

func decode(b []byte) (Frame, error) {
	var f Frame
	for _, s := range [...]*string{&f.Room, &f.Except, &f.Outside} {
		n, w := binary.Uvarint(b)
		if w <= 0 || n > uint64(len(b)-w) {
			return Frame{}, errTorn
		}
		*s = string(b[w : w+int(n)])
		b = b[w+int(n):]
	}
	seq, w := binary.Varint(b)
	if w <= 0 || len(b) == w {
		return Frame{}, errTorn
	}
	f.Seq, f.Recheck, f.Body = seq, b[w] == 1, b[w+1:]
	return f, nil
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("realtime: a frame of ours is not JSON: " + err.Error())
	}
	return b
}
