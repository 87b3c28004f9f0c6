package chaos

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
)

// request is one that the receiver got.
type request struct {
	delivery string
	attempt  int
	at       int64 // the server's clock, in seconds
	status   int   // what it was answered with
}

// receiver is somebody else's server: down at first, later failing at random, but
// nobody more than a few times.
type receiver struct {
	*httptest.Server
	down atomic.Bool

	mu       sync.Mutex
	random   *rand.Rand
	requests map[string][]request             // by message
	order    map[chat.RoomID][]chat.MessageID // as messages came for the first time
	room     map[chat.MessageID]chat.RoomID
}

// mostFailures is how often one delivery fails while the receiver is up: less than
// would be given up.
const mostFailures = 5

func newReceiver(seed uint64) *receiver {
	r := &receiver{random: rand.New(rand.NewPCG(seed, 99)), requests: map[string][]request{}, order: map[chat.RoomID][]chat.MessageID{}, room: map[chat.MessageID]chat.RoomID{}}
	r.down.Store(true)
	r.Server = httptest.NewServer(r)
	return r
}

// failures are the ways to fail; 0 cuts the connection.
var failures = []int{500, 503, 404, 302, 201, 204, 0}

// ServeHTTP notes a delivery and answers, or fails.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	var p struct {
		Messages []struct {
			ID  string      `json:"_id"`
			RID chat.RoomID `json:"rid"`
		}
	}
	if err := json.NewDecoder(q.Body).Decode(&p); err != nil || len(p.Messages) != 1 {
		http.Error(w, "no message", http.StatusBadRequest)
		return
	}
	attempt, _ := strconv.Atoi(q.Header.Get("X-Livechat-Attempt"))
	at, _ := strconv.ParseInt(q.Header.Get("Webhook-Timestamp"), 10, 64)
	status := r.note(p.Messages[0].ID, p.Messages[0].RID, request{q.Header.Get("X-Livechat-Delivery"), attempt, at, 0})
	if status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
}

func (r *receiver) note(message string, rid chat.RoomID, q request) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	q.status = http.StatusOK
	if r.down.Load() {
		q.status = http.StatusServiceUnavailable
	} else if r.random.IntN(10) < 3 && len(r.requests[message]) < mostFailures {
		q.status = failures[r.random.IntN(len(failures))]
	}
	if len(r.requests[message]) == 0 {
		r.order[rid] = append(r.order[rid], chat.MessageID(message))
	}
	r.requests[message] = append(r.requests[message], q)
	return q.status
}

// taken is how many messages were answered with 200.
func (r *receiver) taken() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, all := range r.requests {
		for _, q := range all {
			if q.status == http.StatusOK {
				n++
				break
			}
		}
	}
	return n
}

// Deliveries is what came of a run.
type Deliveries struct {
	Messages, Requests, Retries, Repeats int // Repeats: attempts that were made twice, because the server died in between
	Lost, OutOfOrder, Wrong              []string
}

// judge compares what arrived with what was acknowledged, by room in its order.
func (r *receiver) judge(told map[chat.RoomID][]chat.MessageID) Deliveries {
	r.mu.Lock()
	defer r.mu.Unlock()
	var d Deliveries
	for rid, ids := range told {
		for i, id := range ids {
			d.Messages++
			d.judge(string(id), r.requests[string(id)])
			if i < len(r.order[rid]) && r.order[rid][i] != id {
				d.OutOfOrder = append(d.OutOfOrder, fmt.Sprintf("%s: %s came for %s", rid, r.order[rid][i], id))
			}
		}
	}
	return d
}

// judge looks at the attempts at one message: numbered from 1, at least ten seconds
// apart, none after a success, at most eleven.
func (d *Deliveries) judge(message string, all []request) {
	d.Requests += len(all)
	wrong := func(what string, q request) { d.Wrong = append(d.Wrong, fmt.Sprintf("%s %s: %+v", message, what, q)) }
	done, taken := false, false
	for i, q := range all {
		last := request{attempt: 0, at: 0, delivery: q.delivery}
		if i > 0 {
			last = all[i-1]
			d.Retries++
		}
		switch {
		case q.delivery != last.delivery:
			wrong("came under another id", q)
		case q.attempt == last.attempt: // its answer was not noted before the server died
			d.Repeats++
		case q.attempt != last.attempt+1 || q.attempt > 11:
			wrong("was counted wrong", q)
		case q.at-last.at < 9: // whole seconds of ten
			wrong("came again too soon", q)
		case done:
			wrong("came after it was taken", q)
		}
		done = q.status == http.StatusOK // as the server knows
		taken = taken || done
	}
	if !taken {
		d.Lost = append(d.Lost, message)
	}
}

// talk has visitors write a number of messages and says what was acknowledged.
func talk(ctx context.Context, s *people.Server, visitors, each int) (map[chat.RoomID][]chat.MessageID, error) {
	var mu sync.Mutex
	told := map[chat.RoomID][]chat.MessageID{}
	errs := make(chan error, visitors)
	slots := make(chan struct{}, 16)
	var all sync.WaitGroup
	for i := range visitors {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			v, err := s.NewVisitor(ctx, fmt.Sprint("Visitor ", i))
			if err == nil {
				err = v.Open(ctx)
			}
			var ids []chat.MessageID
			for n := 0; n < each && err == nil; n++ {
				var m chat.Message
				if m, err = v.Say(ctx, fmt.Sprintf("v%dm%d", i, n), "Hello"); err == nil {
					ids = append(ids, m.ID)
				}
			}
			if err != nil {
				errs <- err
				return
			}
			mu.Lock()
			told[v.Room.ID] = ids
			mu.Unlock()
		})
	}
	all.Wait()
	select {
	case err := <-errs:
		return nil, err
	default:
		return told, nil
	}
}
