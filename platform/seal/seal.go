// Package seal encrypts what is kept but must not be read where it lies. It makes keys
// and keeps none.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
)

// NewKey is 256 random bits.
func NewKey() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails: the runtime aborts the process instead
	return key
}

// nonceBytes is the length receivers of the External Frame expect (webhooks.md 4).
const nonceBytes = 16

func cipherOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithNonceSize(block, nonceBytes)
}

// Seal encrypts with AES-256-GCM: base64 of nonce, ciphertext and tag.
func Seal(key []byte, plain string) (string, error) {
	c, err := cipherOf(key)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, nonceBytes)
	rand.Read(nonce)
	return base64.StdEncoding.EncodeToString(c.Seal(nonce, nonce, []byte(plain), nil)), nil
}

var errSealed = errors.New("not sealed with this key")

// Open is what was sealed.
func Open(key []byte, sealed string) (string, error) {
	c, err := cipherOf(key)
	if err != nil {
		return "", err
	}
	b, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(b) < nonceBytes {
		return "", errSealed
	}
	plain, err := c.Open(nil, b[:nonceBytes], b[nonceBytes:], nil)
	return string(plain), err
}
