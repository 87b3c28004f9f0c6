package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// target is a server under load: how to send one message from writer i, and a
// socket on which every message appears.
type target struct {
	name  string
	pid   int // of the server
	send  func(writer int, id string) error
	heard *ear
}

// ear notes when each message was heard.
type ear struct {
	mu      sync.Mutex
	waiting map[string]time.Time // id → sent
	delays  []time.Duration
	count   atomic.Int64
}

func newEar() *ear { return &ear{waiting: map[string]time.Time{}} }

func (e *ear) sent(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.waiting[id] = time.Now()
}

func (e *ear) hear(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if at, ok := e.waiting[id]; ok {
		delete(e.waiting, id)
		e.delays = append(e.delays, time.Since(at))
		e.count.Add(1)
	}
}

func (e *ear) reset() {
	e.mu.Lock()
	defer e.mu.Unlock()
	clear(e.waiting)
	e.delays = nil
	e.count.Store(0)
}

// quantiles are the median and the 99th percentile of the delays so far.
func (e *ear) quantiles() (p50, p99 time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.delays) == 0 {
		return 0, 0
	}
	slices.Sort(e.delays)
	return e.delays[len(e.delays)/2], e.delays[len(e.delays)*99/100]
}

// missing waits a little for stragglers and says how many were never heard.
func (e *ear) missing() int {
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		e.mu.Lock()
		left := len(e.waiting)
		e.mu.Unlock()
		if left == 0 {
			return 0
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.waiting)
}

var serial atomic.Int64

// flow is what a flood measures: messages heard per second, and the processor
// time, in µs, the server spent on each.
type flow struct{ perSecond, cpu float64 }

// flood sends in a closed loop from that many writers.
func (t target) flood(writers int, length time.Duration) (flow, error) {
	t.heard.reset()
	before, err := processorTime(t.pid)
	if err != nil {
		return flow{}, err
	}
	start := time.Now()
	errs := make(chan error, writers)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for time.Since(start) < length {
				if err := t.one(w); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	all.Wait()
	took := time.Since(start)
	select {
	case err := <-errs:
		return flow{}, err
	default:
	}
	if lost := t.heard.missing(); lost > 0 {
		return flow{}, fmt.Errorf("%s: %d messages were never heard", t.name, lost)
	}
	after, err := processorTime(t.pid)
	heard := float64(t.heard.count.Load())
	return flow{heard / took.Seconds(), float64((after - before).Microseconds()) / heard}, err
}

// steady sends at a fixed rate and returns the delay from sending to hearing.
func (t target) steady(perSecond, writers int, length time.Duration) (p50, p99 time.Duration, err error) {
	t.heard.reset()
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	var all sync.WaitGroup
	errs := make(chan error, 1)
	for i := range int(length.Seconds() * float64(perSecond)) {
		<-tick.C
		all.Go(func() {
			if err := t.one(i % writers); err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		})
	}
	all.Wait()
	select {
	case err = <-errs:
		return 0, 0, err
	default:
	}
	if lost := t.heard.missing(); lost > 0 {
		return 0, 0, fmt.Errorf("%s: %d messages were never heard", t.name, lost)
	}
	p50, p99 = t.heard.quantiles()
	return p50, p99, nil
}

func (t target) one(writer int) error {
	id := fmt.Sprintf("m%d", serial.Add(1))
	t.heard.sent(id)
	return t.send(writer, id)
}

const messageText = "Hello, I ordered a lamp last week and would like to know where it is now. Can you help me?"

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 512}}

// listen notes every message that arrives on the socket. It looks no further than
// for the id, so that listening costs the same for everybody.
func (e *ear) listen(ctx context.Context, conn *websocket.Conn) {
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return
		}
		if _, rest, ok := bytes.Cut(text, []byte(`"_id":"m`)); ok {
			if digits, _, ok := bytes.Cut(rest, []byte(`"`)); ok {
				e.hear("m" + string(digits))
			}
		}
	}
}

// post sends a JSON text and expects 200.
func post(url, session string, body []byte) error {
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if session != "" {
		request.Header.Set("X-Foyer-Session", session)
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %s", response.StatusCode, answer)
	}
	return err
}

func message(rid, id string) []byte {
	return fmt.Appendf(nil, `{"rid":%q,"_id":%q,"msg":%q}`, rid, id, messageText)
}

// bareTarget connects to the bare program.
func bareTarget(ctx context.Context, name, url string, pid int) (target, error) {
	t := target{name: name, pid: pid, heard: newEar()}
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http")+"/socket", nil)
	if err != nil {
		return t, err
	}
	go t.heard.listen(ctx, conn)
	t.send = func(writer int, id string) error {
		return post(url+"/append", "", message(fmt.Sprint("c", writer), id))
	}
	return t, nil
}
