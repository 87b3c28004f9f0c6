package chat

// ForVisitor is what visitors see of an agent (lifecycle 1.7): nothing while
// agent information is off, the addresses only when they may be shown.
func (u User) ForVisitor(s *Settings) AgentView {
	if !s.ShowAgentInfo {
		return AgentView{Hidden: true}
	}
	v := AgentView{ID: u.ID, Username: u.Username, Name: u.Name, Status: u.Status, ETag: u.AvatarETag}
	if s.ShowAgentEmail {
		v.Emails = u.Emails
	}
	return v
}
