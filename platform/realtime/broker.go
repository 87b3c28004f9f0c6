package realtime

import (
	"context"
	"sync"
)

// Receiver is told what comes over the bus.
type Receiver interface {
	// Frame must not block and must not keep more than a slice of frame.
	Frame(topic string, frame []byte)
	// Lost says that frames may be missed from now on, Back that they no longer are.
	Lost(err error)
	Back()
}

// Broker carries frames to every node, this one included, in the order in which
// they were published.
type Broker interface {
	// Publish returns when the bus has the frame.
	Publish(ctx context.Context, topic string, frame []byte) error
	// Subscribe names the receiver; once, before Run.
	Subscribe(r Receiver)
	// Run keeps the bus connected until ctx ends.
	Run(ctx context.Context) error
	// Healthy says why the bus cannot be reached; nil when it can.
	Healthy() error
}

// Memory is the bus of a single node.
type Memory struct {
	mu sync.Mutex
	to Receiver
}

// NewMemory makes the bus of a single node.
func NewMemory() *Memory { return &Memory{} }

// Publish hands the frame over at once.
func (m *Memory) Publish(_ context.Context, topic string, frame []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.to != nil {
		m.to.Frame(topic, frame)
	}
	return nil
}

// Subscribe names the receiver.
func (m *Memory) Subscribe(r Receiver) { m.to = r }

// Run waits: there is nothing to keep connected.
func (m *Memory) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// Healthy is always nil.
func (m *Memory) Healthy() error { return nil }
