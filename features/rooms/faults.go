package rooms

import "github.com/foyerchat/foyer/platform/fault"

// The answers of lifecycle 23. A room that does not exist and one that is none of
// the caller's business are answered alike (LC-TOK-4).

func errInvalidToken() error { return fault.New(fault.Invalid, "invalid-token", "") }
func errInvalidRoom() error  { return fault.New(fault.Invalid, "invalid-room", "") }
func errRoomClosed() error   { return fault.New(fault.Invalid, "room-closed", "") }
func errDisabled() error     { return fault.New(fault.Invalid, "error-omnichannel-is-disabled", "") }
func errNotAllowed() error   { return fault.New(fault.Invalid, "error-not-allowed", "Not allowed") }

// errNoRoom is errInvalidRoom for users, in the endpoints' bare form.
func errNoRoom() error { return fault.Text(fault.Invalid, codeNoRoom) }

const codeNoRoom = "error-invalid-room"

// errInvalidMessage: no such message in this room.
func errInvalidMessage() error { return fault.Text(fault.Invalid, "invalid-message") }

// errActionNotAllowed: the setting or the message's owner forbids it (LC-MSG-9).
func errActionNotAllowed() error { return fault.New(fault.Invalid, "error-action-not-allowed", "") }
