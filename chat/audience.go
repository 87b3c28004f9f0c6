package chat

import "maps"

// What is hidden from whom (lifecycle 20). Visitors' tokens are secrets of the
// visitor: no user sees one unless Foyer_visitor_tokens is on. Visitors do not see who serves them when agent
// information is off (LC-HID-6).

// ForStaff is the message without the visitor's token.
func (m Message) ForStaff() Message {
	m.Token = ""
	return m
}

// ForStaff is the snapshot without the token.
func (v VisitorView) ForStaff() VisitorView {
	v.Token = ""
	return v
}

// ForStaff is the room without the visitor's token.
func (r Room) ForStaff() Room {
	r.V = r.V.ForStaff()
	if r.LastMessage != nil {
		m := r.LastMessage.ForStaff()
		r.LastMessage = &m
	}
	return r
}

// ForStaff is the inquiry without the visitor's token.
func (i Inquiry) ForStaff() Inquiry {
	i.V = i.V.ForStaff()
	return i
}

// ShownRoom is the room as answers of the API show it to colleagues: with the visitor's
// token only where integrations are said to need it (lifecycle.md 1.2).
func (s *Settings) ShownRoom(r Room) Room {
	if s.VisitorTokens {
		return r
	}
	return r.ForStaff()
}

// ShownInquiry is the inquiry in the same way.
func (s *Settings) ShownInquiry(i Inquiry) Inquiry {
	if s.VisitorTokens {
		return i
	}
	return i.ForStaff()
}

// ShownVisitor is the visitor in the same way.
func (s *Settings) ShownVisitor(v Visitor) Visitor {
	if !s.VisitorTokens {
		v.Token = ""
	}
	return v
}

// ForVisitor is the message as the room's visitor sees it; showAgents is whether
// agent information is on.
func (m Message) ForVisitor(showAgents bool) Message {
	m.TransferData, m.Email = withoutNote(m.TransferData), nil
	if m.Automatic != nil {
		m.Automatic = &Automatic{Trigger: m.Automatic.Trigger, Agent: m.Automatic.Agent}
		if !showAgents {
			m.Automatic.Agent = ""
		}
	}
	if showAgents {
		return m
	}
	if !m.ByVisitor() {
		m.U = hideSender(m.U)
	}
	if m.T == MessageJoined || m.T == MessageLeft {
		m.Msg = "" // the agent's username
	}
	if m.EditedBy != nil && !m.ByVisitor() {
		m.EditedBy = nil
	}
	m.TransferData, m.PriorityData, m.SLAData, m.RequestData = nil, nil, nil, nil
	if m.System() {
		m.Comment = "" // it may name the agent
	}
	return m
}

// StaffOnly reports whether visitors are not sent the message at all (appearance.md 5).
func (m Message) StaffOnly() bool {
	return m.T == MessagePriority || m.T == MessageSLA || m.T == MessageNavigation || m.T == MessageUndelivered || m.T == MessageMail
}

// withoutNote is a transfer without what colleagues wrote to each other.
func withoutNote(transfer map[string]any) map[string]any {
	if transfer["comment"] == nil {
		return transfer
	}
	out := maps.Clone(transfer)
	delete(out, "comment")
	return out
}

func hideSender(u Sender) Sender {
	if u.ID == string(SystemUserID) {
		return u
	}
	return Sender{}
}

// ForVisitor is the room as its visitor sees it: that somebody serves it stays
// visible, who it is only when agent information is on.
func (r Room) ForVisitor(showAgents bool) Room {
	r.TranscriptRequest, r.PDFRequested, r.PDFFile = nil, false, ""
	switch {
	case r.LastMessage == nil:
	case r.LastMessage.StaffOnly():
		r.LastMessage = nil
	default:
		m := r.LastMessage.ForVisitor(showAgents)
		r.LastMessage = &m
	}
	if showAgents {
		return r
	}
	if r.ServedBy != nil {
		r.ServedBy = &ServedBy{TS: r.ServedBy.TS}
	}
	r.ResponseBy = nil
	if r.Closer == CloserUser {
		r.ClosedBy = nil
	}
	return r
}
