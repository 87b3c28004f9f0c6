package chat

// Block is a part of a message beside its text, in the form of the compatible API. The
// buttons of blocks of type "actions" are quick replies: what the visitor may say.
type Block struct {
	Type     string         `json:"type" required:"true" maxLength:"50"`
	BlockID  string         `json:"blockId,omitempty" maxLength:"100"`
	Text     any            `json:"text,omitempty"`
	Elements []BlockElement `json:"elements,omitempty" maxItems:"20"`
}

// BlockElement is a button, or something else.
type BlockElement struct {
	Type     string     `json:"type" required:"true" maxLength:"50"` // button
	ActionID string     `json:"actionId,omitempty" maxLength:"100"`
	Text     *BlockText `json:"text,omitempty"`
	Value    string     `json:"value,omitempty" maxLength:"500"`
}

// BlockText is what an element says.
type BlockText struct {
	Type string `json:"type" maxLength:"50"` // plain_text or mrkdwn
	Text string `json:"text" required:"true" minLength:"1" maxLength:"200"`
}
