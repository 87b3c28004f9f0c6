package mail

import (
	"slices"
	"time"
)

// Connections that are kept for the next mail.
const (
	keptFor   = 10 * time.Second // a round's mails follow one another at once
	mostKept  = 4                // of one server
	mostMails = 50               // on one connection: servers have such limits, and say so by hanging up
)

// end keeps a line for the next mail to its server, or takes leave.
func (s *Sender) end(l *line) {
	l.mails++
	taken := make(chan struct{})
	if !l.to.Reuse || l.mails >= mostMails || !s.keep(l, taken) {
		l.bye()
		return
	}
	over := s.o.Clock.After(keptFor)
	go func() {
		select {
		case <-taken:
		case <-over:
			if s.drop(l) {
				l.bye()
			}
		}
	}()
}

func (s *Sender) keep(l *line, taken chan struct{}) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept[l.to]) >= mostKept {
		return false
	}
	l.taken = taken
	s.kept[l.to] = append(s.kept[l.to], l)
	return true
}

// take is the line to a server that was kept last; nil: there is none.
func (s *Sender) take(to Server) *line {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.kept[to]
	if len(all) == 0 {
		return nil
	}
	l := all[len(all)-1]
	s.forget(l)
	close(l.taken)
	return l
}

// drop forgets a line that nobody has taken.
func (s *Sender) drop(l *line) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.kept[l.to], l) {
		return false
	}
	s.forget(l)
	return true
}

func (s *Sender) forget(l *line) {
	s.kept[l.to] = slices.DeleteFunc(s.kept[l.to], func(other *line) bool { return other == l })
	if len(s.kept[l.to]) == 0 {
		delete(s.kept, l.to)
	}
}

// again makes a kept line ready for a mail; an error: the server has hung up.
func (l *line) again() error {
	l.conn.left = mostHeard
	if err := l.client.UpdateDeadline(l.sender.o.Timeout); err != nil {
		return err
	}
	return l.client.Reset()
}

// bye ends a conversation in good order.
func (l *line) bye() {
	l.client.Quit()
	l.hangUp()
}
