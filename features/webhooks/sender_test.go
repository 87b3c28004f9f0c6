package webhooks

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/testkit"
)

func always(status int) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// webhooks.md 1.3: only 200 is success; 10 retries 10 seconds after the failure, the same
// body under the same id, then given up.
func TestRetries(t *testing.T) {
	for _, status := range []int{204, 500} {
		each(t, func(k *kit) {
			k.people()
			f := newReceiver(k.t, always(status))
			k.set.WebhookURL = f.URL
			k.tell(sent("m1", "hello", true))
			k.deliver()
			for n := 1; n <= 12; n++ {
				k.clock.Advance(10*second - time.Millisecond)
				k.deliver()
				if got := len(f.got()); got != min(n, 11) {
					k.t.Fatalf("%d: %d requests before the tenth second", n, got)
				}
				k.clock.Advance(time.Millisecond)
				k.deliver()
			}
			all := f.got()
			if len(all) != 11 || !reflect.DeepEqual(k.states(), map[State]int{Dead: 1}) {
				k.t.Fatal(len(all), k.states())
			}
			for i, g := range all {
				if g.body != all[0].body || g.header.Get("X-Livechat-Delivery") != all[0].header.Get("X-Livechat-Delivery") || g.header.Get("X-Livechat-Attempt") != strconv.Itoa(i+1) {
					k.t.Error(i, g)
				}
			}
			if n, err := k.Count(k.t.Context(), Dead); n != 1 || err != nil {
				k.t.Error(n, err)
			}
			if got := testkit.Measured(k.t, k.registry, "foyer_webhook_attempts_total"); !slices.Equal(got, []string{`foyer_webhook_attempts_total{outcome="dead"} 1`, `foyer_webhook_attempts_total{outcome="failed"} 10`}) {
				k.t.Error(got)
			}
		})
	}
}

// webhooks.md 1.3: address, token and time are read anew; without an address it is dropped.
func TestTheSettingsOfTheMoment(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f, g := newReceiver(k.t, always(500)), newReceiver(k.t, nil)
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "hello", true))
		k.deliver()
		k.set.WebhookURL, k.set.WebhookToken = g.URL, "new"
		k.clock.Advance(10 * second)
		k.deliver()
		if all := g.got(); len(f.got()) != 1 || len(all) != 1 || all[0].header.Get("X-RocketChat-Livechat-Token") != "new" {
			k.t.Fatal(len(f.got()), all)
		}
		k.tell(sent("m2", "again", true))
		k.set.WebhookURL = ""
		k.deliver()
		if got := k.states(); !reflect.DeepEqual(got, map[State]int{Sent: 1, Dropped: 1}) {
			k.t.Error(got)
		}
	})
}

// webhooks.md 1.4: the answer is part of what follows; an empty one erases nothing.
func TestTheAnswerIsKept(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, func(n int, w http.ResponseWriter, _ *http.Request) {
			switch n {
			case 1:
				w.WriteHeader(500)
				io.WriteString(w, "not this")
			case 2:
				io.WriteString(w, "customer \x00 9\xff"+strings.Repeat("é", crmBytes))
			}
		})
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "one", true))
		k.deliver()
		k.clock.Advance(10 * second)
		k.deliver()
		for _, m := range []string{"m2", "m3"} {
			k.tell(sent(m, "more", true))
			k.deliver()
		}
		all := f.got()
		if _, ok := all[1].payload(k.t)["crmData"]; ok {
			k.t.Error("a failure's answer was kept")
		}
		for _, g := range all[2:] {
			data, _ := g.payload(k.t)["crmData"].(string)
			if !strings.HasPrefix(data, "customer  9é") || len(data) > crmBytes {
				k.t.Errorf("%d bytes: %.20q", len(data), data)
			}
		}
	})
}

// Whatever comes back is a failure that is logged, cut, and kept out of the room.
func TestHostileAnswers(t *testing.T) {
	endless := func(w http.ResponseWriter) {
		for range 10_000 {
			if _, err := w.Write(make([]byte, 1000)); err != nil {
				return
			}
		}
	}
	for name, answer := range map[string]func(w http.ResponseWriter){
		"answer-too-large": endless,
		"failed":           func(w http.ResponseWriter) { w.Header().Set("Content-Length", "1000"); io.WriteString(w, "cut") },
		"redirect":         func(w http.ResponseWriter) { w.Header().Set("Location", "http://169.254.169.254/"); w.WriteHeader(302) },
		"timed-out":        func(w http.ResponseWriter) { <-clock.System.After(300 * time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(k *kit) {
				k.people()
				f := newReceiver(k.t, func(_ int, w http.ResponseWriter, _ *http.Request) { answer(w) })
				k.set.WebhookURL, k.set.WebhookTimeoutMillis = f.URL, 5000
				if name == "timed-out" {
					k.set.WebhookTimeoutMillis = 50
				}
				k.tell(sent("m1", "x", true))
				k.deliver()
				all, _, err := k.Deliveries(k.t.Context(), Filter{Limit: 10})
				if err != nil || len(all) != 1 || all[0].State != Pending || all[0].Attempts != 1 {
					k.t.Fatal(all, err)
				}
				if want := map[string]string{"redirect": ""}; all[0].Error != name && want[name] != all[0].Error {
					k.t.Error(all[0])
				}
			})
		})
	}
}

// Private addresses, in whatever form, get nothing unless the operator allows them.
func TestAttackingAddresses(t *testing.T) {
	eachWith(t, outbound.Options{}, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		port := f.URL[strings.LastIndex(f.URL, ":"):]
		for _, host := range []string{"127.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "2130706433", "0177.0.0.1", "localhost", "[::1]", "10.0.0.1"} {
			k.set.WebhookURL = "http://" + host + port
			a, err := k.Test(k.t.Context(), crmID)
			if err != nil || a.Status != 0 || a.Error == "" {
				k.t.Error(host, a, err)
			}
		}
		if len(f.got()) != 0 {
			k.t.Error("a private address was reached")
		}
	})
}

// What is queued outlives the process; Run sends it and ends when told.
func TestRun(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			d := testkit.Open(t, engine)
			k := newKit(t, d, clock.NewFake(start), outbound.Options{AllowPrivate: true})
			k.people()
			f := newReceiver(t, nil)
			k.set.WebhookURL = f.URL
			k.Clock = clock.System
			for n := range 10 {
				k.tell(sent(fmt.Sprint("m", n), "x", true))
			}
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error)
			go func() { ended <- k.Run(ctx) }()
			for late := time.After(20 * time.Second); k.states()[Sent] < 10; {
				select {
				case <-late:
					t.Fatal(k.states())
				case <-time.After(5 * time.Millisecond):
				}
			}
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}
