package accounts

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestPasswordsAreArgon2idOfTheDigest(t *testing.T) {
	ctx, h := t.Context(), newHasher(presentCost, 1, 10)
	stored, err := h.hash(ctx, DigestOf("secret"))
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s, %v", stored, err)
	}
	if again, _ := h.hash(ctx, DigestOf("secret")); again == stored {
		t.Error("no salt")
	}
	// echo -n secret | sha256sum
	digest, ok := parseDigest("2BB80D537B1DA3E38BD30361AA855686BDE0EACD7162FEF6A25FE97BF527A25B")
	for d, want := range map[Digest]bool{digest: true, DigestOf("secret"): true, DigestOf("Secret"): false, "secret": false, "": false} {
		if got, err := h.verify(ctx, stored, d); !ok || got != want || err != nil {
			t.Errorf("%q: %v, %v", d, got, err)
		}
	}
}

func TestBrokenHashesNeverFit(t *testing.T) {
	h := newHasher(cost{64, 1, 1}, 1, 10)
	good, _ := h.hash(t.Context(), "d")
	for _, stored := range []string{"", "x", "$argon2id$", strings.Replace(good, "v=19", "v=18", 1), strings.Replace(good, "argon2id", "argon2i", 1),
		good[:len(good)-4], strings.Replace(good, "m=64", "m=99999999", 1), strings.Replace(good, "t=1", "t=0", 1), h.dummy} {
		if ok, err := h.verify(t.Context(), stored, "d"); ok || err != nil {
			t.Errorf("%q: %v, %v", stored, ok, err)
		}
	}
}

// A flood of sign-ins waits its turn, and beyond a bound is sent away.
func TestHashingIsBounded(t *testing.T) {
	h := newHasher(cost{64, 1, 1}, 1, 2)
	done, err := h.turn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.hash(cancelled, "d"); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting: %v", err)
	}
	h.queue <- struct{}{} // somebody else waits
	if _, err := h.hash(t.Context(), "d"); !fault.Has(err, "error-too-many-requests") {
		t.Errorf("too many: %v", err)
	}
	<-h.queue
	done()
	if _, err := h.hash(t.Context(), "d"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestHashIsRenewedAtSignIn(t *testing.T) {
	each(t, func(w *world) {
		w.user("anna")
		w.hasher.cost = cost{memory: 128, time: 1, threads: 1}
		w.login("anna")
		s, err := findSecret(w.ctx, w.DB, "anna")
		if err != nil || !strings.Contains(s.hash, "m=128,t=1") {
			w.t.Errorf("%s, %v", s.hash, err)
		}
		w.login("anna")
	})
}

func TestAttemptsAreBounded(t *testing.T) {
	c := clock.NewFake(start)
	a := newAttempts(c, 3)
	r := rule{allowed: 1, block: 1000000}
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		if !a.take(key, r) {
			t.Errorf("%s was never there", key)
		}
	}
	if len(a.keys) != 3 || a.take("e", r) {
		t.Errorf("%d kept", len(a.keys))
	}
}

// A session loaded while a change was under way is not remembered.
func TestCacheKeepsNoStaleLoad(t *testing.T) {
	c := newCache(2)
	k := known{session: "s", actor: chat.Actor{User: "u"}, expires: start.Add(1 << 40), loaded: start}
	_, generation, _ := c.find("h", start)
	c.drop(func(known) bool { return true })
	if c.keep("h", k, generation); len(c.sessions) != 0 {
		t.Error("kept a load from before the drop")
	}
	_, generation, _ = c.find("h", start)
	for _, hash := range []string{"h", "i", "j"} {
		c.keep(hash, k, generation)
	}
	if len(c.sessions) != 2 {
		t.Errorf("%d kept, 2 allowed", len(c.sessions))
	}
	hash := slices.Collect(maps.Keys(c.sessions))[0]
	if _, _, ok := c.find(hash, start); !ok {
		t.Error("not found")
	}
	if _, _, ok := c.find(hash, start.Add(freshness)); ok {
		t.Error("believed for too long")
	}
	c.distrust("u", start.Add(freshness))
	if _, _, ok := c.find(hash, start); ok {
		t.Error("believed although it is being changed")
	}
}
