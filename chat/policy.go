package chat

import "slices"

// RoomFacts are what the policies about a room ask besides the actor. The facts
// about "the actor" are looked up for the actor the policy is asked about.
type RoomFacts struct {
	Open       bool
	Visitor    VisitorID    // whose room it is
	ServedBy   AgentID      // empty: nobody serves it
	Department DepartmentID // empty: the public queue

	Member       bool // the actor serves it or joined it
	InDepartment bool // the actor is an agent of its department, which is enabled
	OutsideUnits bool // units limit the actor (Actor.Monitor), there are units, and it is of none of his
	OnHold       bool
	Verifying    bool // it waits until its channel is verified
	Wished       bool // the actor is the agent its inquiry prefers

	ManualOnHold     bool // agents may put chats on hold
	QueuePreview     bool // the routing method shows waiting rooms to agents
	VisitorsMayClose bool // visitors may finish their conversation
	VisitorsMayEdit  bool // own messages may be edited
	VisitorsMayErase bool // own messages may be deleted
}

// Can is what an actor may do with a room; it travels with the room, so that no
// screen computes a permission.
type Can struct {
	Take   bool `json:"take"`
	Join   bool `json:"join"`
	Write  bool `json:"write"`
	Return bool `json:"return"`
	Close  bool `json:"close"`

	Forward bool `json:"forward"`
	Hold    bool `json:"hold"`
	Resume  bool `json:"resume"`
}

// CanDo answers every policy at once.
func CanDo(a Actor, f RoomFacts) Can {
	return Can{
		Take:   MayTake(a, f),
		Join:   MayJoin(a, f),
		Write:  MayWrite(a, f),
		Return: !f.OnHold && MayReturn(a, f),
		Close:  f.Open && MayClose(a, f),

		Forward: f.Open && !f.OnHold && !f.Verifying && MayForward(a, f),
		Hold:    f.Open && !f.OnHold && f.ServedBy != "" && MayHold(a, f),
		Resume:  f.OnHold && MayResume(a, f),
	}
}

// MaySee reports whether the actor may open the room, read its history and
// receive its stream (permissions.md 5).
func MaySee(a Actor, f RoomFacts) bool {
	if a.IsVisitor() {
		return a.Visitor == f.Visitor
	}
	return isSystem(a) ||
		maySupervise(a, f) ||
		f.Member || a.User != "" && a.User == f.ServedBy ||
		!f.Open && maySeeClosed(a, f) ||
		f.Open && maySeeWaiting(a, f)
}

// maySupervise reports whether the right to see all rooms covers this one.
func maySupervise(a Actor, f RoomFacts) bool { return !f.OutsideUnits && a.May(ViewLivechatRooms) }

func maySeeClosed(a Actor, f RoomFacts) bool {
	return !f.OutsideUnits && a.May(ViewLivechatRoomClosedByAnotherAgent) ||
		f.InDepartment && a.May(ViewLivechatRoomClosedSameDepartment)
}

func maySeeWaiting(a Actor, f RoomFacts) bool {
	return f.QueuePreview && f.ServedBy == "" && !f.Verifying && MaySeeQueue(a, f)
}

// MaySeeQueue reports whether the room's inquiry, while it waits, is on the
// actor's waiting list: the public queue, his departments, or he is preferred.
func MaySeeQueue(a Actor, f RoomFacts) bool {
	public := f.Department == "" && (!f.OutsideUnits || slices.Contains(a.Roles, RoleAgent)) // a monitor has no public queue, an agent has
	return a.May(ViewLRoom) && (public || f.InDepartment || f.Wished || maySupervise(a, f))
}

// MayWrite reports whether the actor may write messages: the visitor while it is
// open, agents who serve or joined it (LC-MSG-20).
func MayWrite(a Actor, f RoomFacts) bool {
	if a.IsVisitor() {
		return f.Open && a.Visitor == f.Visitor
	}
	return f.Open && f.Member && a.May(ViewLRoom)
}

// MayEdit reports whether a visitor may change his own message (LC-MSG-9).
func MayEdit(a Actor, f RoomFacts, m Message) bool { return f.VisitorsMayEdit && owns(a, f, m) }

// MayErase reports whether a visitor may delete his own message (LC-MSG-9).
func MayErase(a Actor, f RoomFacts, m Message) bool { return f.VisitorsMayErase && owns(a, f, m) }

func owns(a Actor, f RoomFacts, m Message) bool {
	return a.IsVisitor() && MayWrite(a, f) && m.U.ID == string(a.Visitor) && !m.System()
}

// MayTake reports whether the actor may serve the room when nobody does: any
// agent, also of another department, who has its inquiry's id (LC-TAKE-1).
func MayTake(a Actor, f RoomFacts) bool {
	return f.Open && f.ServedBy == "" && !f.Verifying && a.May(ViewLRoom) && slices.Contains(a.Roles, RoleAgent)
}

// MayTakeFor reports whether the actor may put a room on somebody else (permissions.md 7.4).
func MayTakeFor(a Actor) bool { return a.May(ManageLivechatAgents) || a.May(TransferLivechatGuest) }

// MayJoin reports whether the actor may become a member without serving it.
func MayJoin(a Actor, f RoomFacts) bool {
	return f.Open && !f.Member && !f.Verifying && a.May(ViewLRoom) && MaySee(a, f)
}

// MayReturn reports whether the actor may give the room back to the queue (LC-RET-1).
func MayReturn(a Actor, f RoomFacts) bool {
	return f.Open && f.ServedBy != "" && a.May(ViewLRoom) && (f.Member || a.May(TransferLivechatGuest)) && MaySee(a, f)
}

// MayForward reports whether the actor has the right to forward the room (LC-FWD-1).
func MayForward(a Actor, f RoomFacts) bool {
	return isSystem(a) || a.May(ViewLRoom) && a.May(TransferLivechatGuest) && MaySee(a, f)
}

// MayHold reports whether the actor may put the room on hold (LC-HOLD-1, LC-HOLD-2).
func MayHold(a Actor, f RoomFacts) bool {
	return f.ManualOnHold && a.May(OnHoldLivechatRoom) && (f.Member || a.May(OnHoldOthersLivechatRoom)) && MaySee(a, f)
}

// MayResume reports whether the actor may take the room off hold (LC-HOLD-7).
func MayResume(a Actor, f RoomFacts) bool {
	return a.May(ViewLRoom) && (f.Member || a.May(OnHoldOthersLivechatRoom)) && MaySee(a, f)
}

// MayClose reports whether the actor has the right to close the room; that it is
// still open is decided by the closing itself (lifecycle 10.2).
func MayClose(a Actor, f RoomFacts) bool {
	if a.IsVisitor() {
		return f.VisitorsMayClose && a.Visitor == f.Visitor
	}
	return isSystem(a) || a.May(CloseLivechatRoom) && (f.Member || a.May(CloseOthersLivechatRoom) && !f.OutsideUnits)
}

func isSystem(a Actor) bool { return a.User == SystemUserID }
