package chat

import (
	"encoding/base64"
	"encoding/json"
	"errors"
)

// frameJWK is the JSON Web Key of the External Frame (webhooks.md 4).
type frameJWK struct {
	Kty    string   `json:"kty"`
	K      string   `json:"k"`
	Alg    string   `json:"alg"`
	Ext    bool     `json:"ext"`
	KeyOps []string `json:"key_ops"`
}

const (
	frameAlg      = "A256GCM"
	frameKeyBytes = 32
)

var errFrameKey = errors.New("not a 256-bit AES key as a JSON Web Key")

// FrameKey is the 256-bit key in a JSON Web Key; nil of an empty text.
func FrameKey(jwk string) ([]byte, error) {
	if jwk == "" {
		return nil, nil
	}
	var k frameJWK
	if err := json.Unmarshal([]byte(jwk), &k); err != nil || k.Kty != "oct" || k.Alg != frameAlg {
		return nil, errFrameKey
	}
	key, err := base64.RawURLEncoding.DecodeString(k.K)
	if err != nil || len(key) != frameKeyBytes {
		return nil, errFrameKey
	}
	return key, nil
}

// NewFrameKey writes a 256-bit key as a JSON Web Key.
func NewFrameKey(key []byte) string {
	b, err := json.Marshal(frameJWK{"oct", base64.RawURLEncoding.EncodeToString(key), frameAlg, true, []string{"encrypt", "decrypt"}})
	if err != nil {
		panic(err) // texts and a list of texts always marshal
	}
	return string(b)
}
