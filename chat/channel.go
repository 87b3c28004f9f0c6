package chat

// Notice is what the agents of a room must know of a message that did not leave.
type Notice struct {
	RID  RoomID
	ID   MessageID // of the notice; the same again is told once
	Text string
}

// Newcomer is somebody a channel hears of for the first time. His token opens nothing.
type Newcomer struct {
	Token      string // wished, and refused if somebody has it; empty: one nobody can guess
	Username   string // wished
	Name       string
	Phone      string
	Department DepartmentID
}
