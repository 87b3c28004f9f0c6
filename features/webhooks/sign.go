package webhooks

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
)

// secretPrefix marks a signing secret of the Standard Webhooks scheme.
const secretPrefix = "whsec_"

// newSecret makes a signing secret of 256 random bits.
func newSecret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: the runtime aborts the process instead
	return secretPrefix + base64.StdEncoding.EncodeToString(b[:])
}

// sign is the webhook-signature of a body: one signature for each secret.
func sign(id string, at clock.Instant, body string, secrets ...string) string {
	var all []string
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
		if err != nil || len(key) == 0 {
			continue
		}
		h := hmac.New(sha256.New, key)
		h.Write([]byte(id + "." + seconds(at) + "." + body))
		all = append(all, "v1,"+base64.StdEncoding.EncodeToString(h.Sum(nil)))
	}
	return strings.Join(all, " ")
}

// seconds is the webhook-timestamp of a moment.
func seconds(at clock.Instant) string { return strconv.FormatInt(int64(at)/1000, 10) }
