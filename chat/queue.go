package chat

// QueuePlace is where a waiting room stands in its queue (RQ-POS-4).
type QueuePlace struct {
	RID     RoomID `json:"rid"`
	Spot    int64  `json:"spot"`                               // 1 is next
	Seconds *int64 `json:"estimatedWaitTimeSeconds,omitempty"` // absent: nothing to estimate from
}

// QueueInfo is what a waiting visitor sees of it.
type QueueInfo struct {
	Spot    int64        `json:"spot"`
	Seconds *int64       `json:"estimatedWaitTimeSeconds,omitempty"`
	Message QueueMessage `json:"message"`
}

// QueueMessage is the text beside a visitor's place; the system user says it.
type QueueMessage struct {
	Text string  `json:"text"`
	User UserRef `json:"user"`
}
