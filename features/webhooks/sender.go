package webhooks

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/outbound"
)

// How often and how long a receiver is tried (webhooks.md 1.3).
const (
	retries    = 10
	retryAfter = 10 * time.Second

	atOnce    = 4 // requests to one destination
	poll      = 500 * time.Millisecond
	pollTurn  = 100 * time.Millisecond // while something is due whose turn it is not
	leaseMore = 30 * time.Second       // more than the request may take

	breakAfter = 25               // failures without an answer, one after the other
	breakFor   = 10 * time.Second // then one request each

	answerBytes = 1 << 20
	crmBytes    = 64 << 10
	loggedBytes = 1000
)

// outcome is how an attempt went.
type outcome struct {
	Attempt
	state State
	due   clock.Instant
	crm   string // what the CRM wants kept
}

// Run sends what is due until ctx ends, then waits for what is under way.
func (s *Service) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		waits, err := s.round(ctx)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("webhooks cannot be sent now", "err", err)
		}
		wait := poll
		if waits {
			wait = pollTurn
		}
		select {
		case <-s.wake:
		case <-s.Clock.After(wait):
		case <-ctx.Done():
		}
	}
	s.work.Wait()
	return nil
}

// round begins to send what is due and returns at once; destinations do not wait
// for one another. waits: something is due but has to wait for its turn.
func (s *Service) round(ctx context.Context) (waits bool, err error) {
	all, err := s.destinations(ctx)
	if err != nil {
		return false, err
	}
	for _, d := range all {
		later, err := s.serve(ctx, d)
		if waits = waits || later; err != nil {
			return waits, err
		}
	}
	return waits, nil
}

func (s *Service) serve(ctx context.Context, d Destination) (waits bool, err error) {
	if d.URL == "" || !d.Enabled {
		return false, s.drop(ctx, d.ID)
	}
	free := s.free(d.ID)
	if free == 0 || d.openUntil > s.Clock.Now() {
		return false, nil
	}
	if some, next, err := due(ctx, s.DB, d.ID, s.Clock.Now()); err != nil || !next {
		return some, err
	}
	claims, err := s.claim(ctx, d, free)
	if err != nil {
		return false, err
	}
	s.occupy(d.ID, len(claims))
	for _, c := range claims {
		s.work.Go(func() {
			s.send(ctx, d, c)
			s.occupy(d.ID, -1)
			signal(s.wake)
		})
	}
	return false, nil
}

// drop gives up what waits for a destination that has no address.
func (s *Service) drop(ctx context.Context, destination string) error {
	if waits, err := hasPending(ctx, s.DB, destination); err != nil || !waits {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return dropPending(ctx, tx, destination) })
}

// claim takes what this process sends now; of a resting destination one delivery.
func (s *Service) claim(ctx context.Context, d Destination, free int) (claims []claim, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		claims = nil
		if d.Failures >= breakAfter {
			free = 1
			if won, err := probe(ctx, tx, d.ID); err != nil || !won {
				return err
			}
		}
		claims, err = claimDue(ctx, tx, d.ID, free, tx.Now().Add(s.timeout()+leaseMore))
		return err
	})
	return claims, err
}

func (s *Service) free(destination string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(0, atOnce-s.busy[destination])
}

func (s *Service) occupy(destination string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy[destination] += n
	if s.busy[destination] <= 0 {
		delete(s.busy, destination)
	}
}

func (s *Service) timeout() time.Duration {
	return time.Duration(s.Settings.Current().WebhookTimeout()) * time.Millisecond
}

// send makes one attempt and writes down how it went.
func (s *Service) send(ctx context.Context, d Destination, c claim) {
	begun := s.Clock.Now()
	body, err := s.refreshed(ctx, c.Event)
	if err != nil {
		s.Log.Warn("links in a webhook's body stay as they were", "delivery", c.ID, "err", err)
	}
	res, err := s.Outbound.Do(ctx, s.request(d, c.ID, c.Attempt, body))
	if outbound.CodeOf(err) == outbound.Cancelled {
		err = s.DB.InTx(context.WithoutCancel(ctx), func(tx *db.Tx) error { return release(ctx, tx, c) })
		if err != nil {
			s.Log.Error("webhook delivery cannot be given back; it is sent after its lease", "id", c.ID, "err", err)
		}
		return
	}
	o := judge(c, res, err)
	o.At, o.Duration = begun, s.Clock.Now().Sub(begun).Milliseconds()
	if o.state == Pending {
		o.due = s.Clock.Now().Add(retryAfter)
	}
	s.note(context.WithoutCancel(ctx), d, c, o)
}

// judge decides what an answer means: only the status 200 is success.
func judge(c claim, res outbound.Response, err error) outcome {
	o := outcome{Attempt: Attempt{Number: c.Attempt, Status: res.Status, Error: string(outbound.CodeOf(err)), Answer: printable(res.Body, loggedBytes)},
		state: Pending, due: c.due}
	switch {
	case err == nil && res.Status == 200:
		o.state, o.crm = Sent, printable(res.Body, crmBytes)
	case c.Attempt > retries:
		o.state = Dead
	}
	return o
}

// note settles the delivery, logs the attempt, keeps the CRM's answer and tells the breaker.
func (s *Service) note(ctx context.Context, d Destination, c claim, o outcome) {
	mine := false
	err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		if mine, err = settle(ctx, tx, c, o); err != nil {
			return err
		}
		if err := insertAttempt(ctx, tx, id.New(), c.ID, o.Attempt); err != nil || !mine {
			return err
		}
		if o.crm != "" && d.ID == crmID {
			if err := s.Rooms.KeepCRMData(ctx, tx, c.Event.Room, o.crm); err != nil {
				return err
			}
		}
		if o.Status == 0 || o.Status >= 500 {
			return silent(ctx, tx, d.ID)
		}
		return answered(ctx, tx, d.ID)
	})
	s.attempts.WithLabelValues(map[State]string{Sent: "sent", Pending: "failed", Dead: "dead"}[o.state]).Inc()
	log := s.Log.With("delivery", c.ID, "destination", d.ID, "type", c.Event.Type, "room", c.Event.Room, "attempt", c.Attempt,
		"status", o.Status, "error", o.Error, "ms", o.Duration)
	switch {
	case err != nil:
		log.Error("webhook attempt cannot be noted; it is made again after its lease", "err", err)
	case o.state == Dead:
		log.Error("webhook is given up")
	default:
		log.Info("webhook")
	}
}

// request is what is sent to a destination under a delivery's id.
func (s *Service) request(d Destination, id string, attempt int64, body string) outbound.Request {
	now := s.Clock.Now()
	header := map[string][]string{
		"Content-Type":        {"application/json"},
		"X-Livechat-Delivery": {id},
		"X-Livechat-Attempt":  {strconv.FormatInt(attempt, 10)},
		"Webhook-Id":          {id},
		"Webhook-Timestamp":   {seconds(now)},
	}
	if signature := sign(id, now, body, d.secrets(now)...); signature != "" {
		header["Webhook-Signature"] = []string{signature}
	}
	if d.token != "" {
		header["X-Rocketchat-Livechat-Token"] = []string{d.token}
	}
	return outbound.Request{Method: "POST", URL: d.URL, Header: header, Body: []byte(body), Timeout: s.timeout(), MaxBody: answerBytes}
}

// printable is what of an answer both engines can store.
func printable(body []byte, most int) string {
	text := strings.ToValidUTF8(string(body[:min(len(body), most)]), "")
	return strings.ReplaceAll(text, "\x00", "")
}

// sample is the body of a test (webhooks.md 1.14).
func (s *Service) sample() Payload {
	const at = clock.Instant(1464806476856) // 2016-06-01T18:41:16.856Z
	agent := Agent{ID: "asdf89as6df8", Username: "agent.username", Name: "Agent Name", Email: "agent@email.com"}
	guest := chat.Sender{ID: "sd7f6as5df8a4sdf", Username: "visitor-username", Name: "visitor name"}
	user := chat.Sender{ID: string(agent.ID), Username: agent.Username, Name: agent.Name}
	served := chat.ServedBy{ID: agent.ID, Username: agent.Username, TS: at}
	v := Visitor{ID: chat.VisitorID(guest.ID), Token: "a-visitor-token", Name: guest.Name, Username: guest.Username, Department: "department",
		IP: "203.0.113.7", Browser: "Chrome", OS: "Linux", CustomFields: map[string]string{"customerId": "123456"}}
	v.contacts([]chat.Email{{Address: "email@address.com"}}, []chat.Phone{{PhoneNumber: "192873192873"}}, false)
	const room = "fasd6f5a4sd6f8a4sdf"
	return Payload{Type: types[Closed], ID: room, Label: "title", Topic: "topic of the session", Code: 123123, CreatedAt: at, LastMessageAt: at,
		Tags: []string{"tag1", "tag2", "tag3"}, CustomFields: map[string]string{"productId": "123456"}, Visitor: v, Agent: &agent,
		CRMData: "what your server answered last", DepartmentID: "department", ServedBy: &served, ClosedAt: at,
		ClosedBy: &Person{agent.ID, agent.Username}, Closer: chat.CloserUser,
		Messages: []Message{
			{ID: "m1", RID: room, U: &guest, Username: guest.Username, Msg: "message content", TS: at, UpdatedAt: at},
			{ID: "m2", RID: room, U: &user, Username: user.Username, AgentID: user.ID, Msg: "message content from agent", TS: at, UpdatedAt: at},
		}}
}
