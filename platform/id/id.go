// Package id makes identifiers and secrets.
package id

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"github.com/google/uuid"
)

// New returns a new identifier, unique and roughly ordered by time (UUIDv7).
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Secret returns 256 random bits in URL-safe text (43 characters).
func Secret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: the runtime aborts the process instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Hash returns the hex SHA-256 of a secret: what is stored in its place.
func Hash(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}
