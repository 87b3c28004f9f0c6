package messenger

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // older gateways sign with it
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// signed reports whether whoever has the app's secret sent this very body; the older
// signature counts only where the newer one is missing (webhooks.md 6.2).
func signed(secret string, body []byte, newer, older string) bool {
	switch {
	case secret == "":
		return false
	case newer != "":
		return hmac.Equal([]byte(newer), []byte("sha256="+digest(sha256.New, secret, body)))
	}
	return hmac.Equal([]byte(older), []byte("sha1="+digest(sha1.New, secret, body)))
}

func digest(of func() hash.Hash, secret string, body []byte) string {
	m := hmac.New(of, []byte(secret))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}
