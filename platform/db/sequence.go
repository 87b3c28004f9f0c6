package db

import "sync"

// sequence keeps the events of one key in order on PostgreSQL, where a
// transaction's goroutine may be slower to hand over than the next one's.
// A place is taken at Emit, while the transaction still holds the row that
// orders the key, and given up at its end.
type sequence struct {
	mu    sync.Mutex
	lanes map[string][]*ticket
}

type ticket struct {
	events  []Emitted
	settled bool
}

func (s *sequence) enter(tx *Tx, m Emitted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := tx.tickets[m.Key]
	if t == nil {
		t = &ticket{}
		if tx.tickets == nil {
			tx.tickets = map[string]*ticket{}
		}
		tx.tickets[m.Key] = t
		s.lanes[m.Key] = append(s.lanes[m.Key], t)
	}
	t.events = append(t.events, m)
}

// settle ends the transaction's places and pushes what has become deliverable.
func (s *sequence) settle(tx *Tx, committedOK bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := committed{}
	if committedOK {
		c = committed{events: tx.events, hooks: tx.hooks, due: tx.due}
	}
	for key, t := range tx.tickets {
		t.settled = true
		if !committedOK {
			t.events = nil
		}
		c.events = append(c.events, s.advance(key)...)
	}
	tx.tickets = nil
	tx.db.after.push(c)
}

func (s *sequence) advance(key string) (ready []Emitted) {
	lane := s.lanes[key]
	for len(lane) > 0 && lane[0].settled {
		ready = append(ready, lane[0].events...)
		lane = lane[1:]
	}
	if len(lane) == 0 {
		delete(s.lanes, key)
	} else {
		s.lanes[key] = lane
	}
	return ready
}
