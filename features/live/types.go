package live

import "github.com/foyerchat/foyer/platform/realtime"

// Type is a wire type with its name, for the generator of TypeScript.
type Type struct {
	Name string
	Of   any
}

// Types lists everything that travels over the sockets.
func Types() []Type {
	return []Type{
		{"ClientFrame", realtime.ClientFrame{}},
		{"WelcomeFrame", realtime.Welcome{}}, {"JoinedFrame", realtime.Joined{}}, {"EventFrame", realtime.Event{}},
		{"PushFrame", realtime.Push{}}, {"TypingFrame", Typing{}}, {"ReadFrame", Read{}}, {"DrainFrame", realtime.Drain{}},
		{"ErrorFrame", realtime.Error{}}, {"ClosedFrame", realtime.Closed{}},
		{"MessageData", MessageData{}}, {"MessageChangedData", MessageChangedData{}}, {"TakenData", TakenData{}},
		{"ClosedData", ClosedData{}}, {"ChangedData", ChangedData{}}, {"VisitorChangedData", VisitorChangedData{}},
		{"InquiryData", InquiryData{}}, {"RoomGoneData", RoomGoneData{}}, {"RoomData", RoomData{}},
		{"RoomMessageData", RoomMessageData{}}, {"AgentData", AgentData{}}, {"AgentStatusData", AgentStatusData{}}, {"AgentViewData", AgentViewData{}},
		{"SettingData", SettingData{}}, {"PermissionsData", PermissionsData{}}, {"QueueData", QueueData{}},
		{"MembershipData", MembershipData{}}, {"DepartmentData", DepartmentData{}},
		{"PriorityNameData", PriorityNameData{}}, {"TriggersJudgedData", TriggersJudgedData{}}, {"CannedData", CannedData{}}, {"ContactData", ContactData{}},
	}
}
