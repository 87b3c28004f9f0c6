package realtime

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gomodule/redigo/redis"

	"github.com/foyerchat/foyer/platform/clock"
)

const (
	redisWithin  = 5 * time.Second // for a connection or an answer
	redisBeat    = 2 * time.Second // how often the bus is asked whether it is there
	redisSilence = 6 * time.Second // after which it is not
	redisPause   = 300 * time.Millisecond
	redisBatch   = 512 // publications sent at once
)

// Redis is the bus of several nodes: all frames go through one channel, so that
// every node sees them in one order. It uses the machine's clock, not a test's:
// what it waits for is the network.
type Redis struct {
	url     string
	channel string
	to      Receiver
	out     chan publication

	mu   sync.Mutex
	lost error
}

type publication struct {
	payload []byte
	done    chan<- error
}

var errNotYet = errors.New("realtime: the bus is not connected yet")

// NewRedis makes a bus on the server at redis://[user:password@]host:port[/db].
// Installations that share a server say ?channel=name, each its own.
func NewRedis(address string) *Redis {
	server, query, _ := strings.Cut(address, "?")
	channel := "foyer"
	if q, err := url.ParseQuery(query); err == nil && q.Get("channel") != "" {
		channel = q.Get("channel")
	}
	return &Redis{url: server, channel: channel, out: make(chan publication), lost: errNotYet}
}

// Subscribe names the receiver.
func (r *Redis) Subscribe(to Receiver) { r.to = to }

// Healthy says why the bus cannot be reached.
func (r *Redis) Healthy() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lost
}

// Publish returns when the server has the frame; waiting ones travel together.
func (r *Redis) Publish(ctx context.Context, topic string, frame []byte) error {
	b := binary.AppendUvarint(make([]byte, 0, len(topic)+len(frame)+2), uint64(len(topic)))
	b = append(append(b, topic...), frame...)
	done := make(chan error, 1)
	select {
	case r.out <- publication{b, done}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run keeps two connections, one to publish and one to listen, until ctx ends.
func (r *Redis) Run(ctx context.Context) error {
	var both sync.WaitGroup
	both.Go(func() { r.publish(ctx) })
	both.Go(func() {
		for ctx.Err() == nil {
			err := r.listen(ctx)
			if r.setLost(err) && ctx.Err() == nil {
				r.to.Lost(err)
			}
			pause(ctx, redisPause)
		}
	})
	both.Wait()
	return nil
}

// setLost notes the bus's state and reports whether it was there before.
func (r *Redis) setLost(err error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.lost
	r.lost = err
	return before == nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-clock.System.After(d):
	}
}

func (r *Redis) dial(ctx context.Context) (redis.Conn, error) {
	return redis.DialURLContext(ctx, r.url, redis.DialConnectTimeout(redisWithin),
		redis.DialReadTimeout(redisWithin), redis.DialWriteTimeout(redisWithin))
}

// listen receives until the connection is lost. It never returns nil.
func (r *Redis) listen(ctx context.Context) error {
	conn, err := r.dial(ctx)
	if err != nil {
		return err
	}
	bus := redis.PubSubConn{Conn: conn}
	defer bus.Close()
	if err := bus.Subscribe(r.channel); err != nil {
		return err
	}
	beating, stop := context.WithCancel(ctx)
	defer stop()
	go beat(beating, bus)
	for {
		switch v := bus.ReceiveWithTimeout(redisSilence).(type) {
		case redis.Subscription:
			r.to.Back()
			r.setLost(nil)
		case redis.Message:
			r.receive(v.Data)
		case error:
			return fmt.Errorf("realtime: redis: %w", v)
		}
	}
}

// beat asks for a sign of life and cuts the connection when ctx ends.
func beat(ctx context.Context, bus redis.PubSubConn) {
	for ctx.Err() == nil {
		if bus.Ping("") != nil {
			break
		}
		pause(ctx, redisBeat)
	}
	bus.Close()
}

func (r *Redis) receive(b []byte) {
	n, w := binary.Uvarint(b)
	if w > 0 && n <= uint64(len(b)-w) {
		r.to.Frame(string(b[w:w+int(n)]), b[w+int(n):])
	}
}

// publish sends what waits, in the order in which it came.
func (r *Redis) publish(ctx context.Context) {
	var conn redis.Conn
	defer func() {
		if conn != nil {
			conn.Close()
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-r.out:
			batch := r.collect(first)
			if conn == nil {
				conn, _ = r.dial(ctx)
			}
			if err := r.sendBatch(conn, batch); err != nil && conn != nil {
				conn.Close()
				conn = nil
			}
		}
	}
}

func (r *Redis) collect(first publication) []publication {
	batch := []publication{first}
	for len(batch) < redisBatch {
		select {
		case p := <-r.out:
			batch = append(batch, p)
		default:
			return batch
		}
	}
	return batch
}

// sendBatch publishes in one round trip and tells each publisher how it went.
func (r *Redis) sendBatch(conn redis.Conn, batch []publication) error {
	err := r.send(conn, batch)
	for _, p := range batch {
		if err == nil {
			_, err = conn.Receive()
		}
		p.done <- err
	}
	return err
}

func (r *Redis) send(conn redis.Conn, batch []publication) error {
	if conn == nil {
		return errNotYet
	}
	for _, p := range batch {
		if err := conn.Send("PUBLISH", r.channel, p.payload); err != nil {
			return err
		}
	}
	return conn.Flush()
}
