package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"github.com/foyerchat/foyer/platform/fault"
)

// Digest is the lowercase hex SHA-256 of a password: what clients may send
// instead of the password and what the stored hash is made of.
type Digest string

// DigestOf is the digest of a password in clear.
func DigestOf(password string) Digest {
	sum := sha256.Sum256([]byte(password))
	return Digest(hex.EncodeToString(sum[:]))
}

// parseDigest accepts 64 hex digits in either case.
func parseDigest(text string) (Digest, bool) {
	b, err := hex.DecodeString(text)
	return Digest(strings.ToLower(text)), err == nil && len(b) == sha256.Size
}

// cost are argon2id's parameters; a stored hash with other ones is renewed at
// the next sign-in.
type cost struct {
	memory  uint32 // KiB
	time    uint32
	threads uint8
}

var presentCost = cost{memory: 19 * 1024, time: 2, threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
)

// hasher hashes at most a few passwords at a time, so that a flood of sign-ins
// cannot take the memory of the machine; the rest waits its turn.
type hasher struct {
	cost  cost
	turns chan struct{} // one token per running hash
	queue chan struct{} // one token per running or waiting hash
	dummy string        // verified for users that do not exist: the same work
}

func newHasher(c cost, parallel, waiting int) *hasher {
	h := &hasher{cost: c, turns: make(chan struct{}, parallel), queue: make(chan struct{}, waiting)}
	h.dummy = encode(c, make([]byte, saltBytes), make([]byte, hashBytes))
	return h
}

// turn waits for a free place; the returned function gives it back.
func (h *hasher) turn(ctx context.Context) (func(), error) {
	select {
	case h.queue <- struct{}{}:
	default:
		return nil, fault.New(fault.TooMany, "error-too-many-requests", "Too many sign-ins at the same time, try again")
	}
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns; <-h.queue }, nil
	case <-ctx.Done():
		<-h.queue
		return nil, ctx.Err()
	}
}

// hash makes the stored form of a password, in PHC notation.
func (h *hasher) hash(ctx context.Context, d Digest) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails
	return encode(h.cost, salt, derive(h.cost, salt, d)), nil
}

// verify compares in constant time; an empty stored hash costs the same and never fits.
func (h *hasher) verify(ctx context.Context, stored string, d Digest) (bool, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	c, salt, want, ok := decode(stored)
	if !ok {
		c, salt, want, _ = decode(h.dummy)
	}
	equal := subtle.ConstantTimeCompare(derive(c, salt, d), want) == 1
	return ok && equal, nil
}

// stale reports whether a stored hash was made with other parameters.
func (h *hasher) stale(stored string) bool {
	c, _, _, ok := decode(stored)
	return ok && c != h.cost
}

func derive(c cost, salt []byte, d Digest) []byte {
	return argon2.IDKey([]byte(d), salt, c.time, c.memory, c.threads, hashBytes)
}

func encode(c cost, salt, hash []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.threads, b64(salt), b64(hash))
}

func decode(stored string) (c cost, salt, hash []byte, ok bool) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.threads); err != nil {
		return cost{}, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	hash, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	ok = err1 == nil && err2 == nil && len(hash) == hashBytes && c.time > 0 && c.threads > 0 && c.memory <= 1<<20
	return c, salt, hash, ok
}
