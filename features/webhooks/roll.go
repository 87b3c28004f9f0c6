package webhooks

import (
	"context"
	"sync/atomic"

	"github.com/foyerchat/foyer/platform/db"
)

// roll remembers who is told, so that what nobody wants to hear costs no question
// to the database. Names, addresses and events only: how a destination answers is
// read where it is sent to.
type roll struct {
	changes atomic.Int64 // how often it changed, as far as this process heard
	list    atomic.Pointer[rollList]
}

type rollList struct {
	asOf int64
	all  []Destination
}

func (k *roll) now(ctx context.Context, q db.Querier) ([]Destination, error) {
	asOf := k.changes.Load()
	if all, ok := k.known(); ok {
		return all, nil
	}
	all, err := listDestinations(ctx, q)
	if err == nil {
		k.list.Store(&rollList{asOf, all})
	}
	return all, err
}

// known is what is remembered, if anything is.
func (k *roll) known() ([]Destination, bool) {
	l := k.list.Load()
	if l == nil || l.asOf != k.changes.Load() {
		return nil, false
	}
	return l.all, true
}

// Forget has the destinations read again; every node does on WebhooksChanged.
func (s *Service) Forget() { s.roll.changes.Add(1) }
