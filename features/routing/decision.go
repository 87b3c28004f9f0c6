package routing

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"sync"

	"github.com/foyerchat/foyer/chat"
)

// account is what is kept of a decision besides its columns: enough to decide and
// to explain it again.
type account struct {
	Case    *Case         `json:"case,omitempty"`
	Verdict Verdict       `json:"verdict"`
	By      *chat.UserRef `json:"by,omitempty"` // a person
}

// outcome is what two decisions have in common when they are the same: neither
// when they were made, nor how busy who was.
type outcome struct {
	Kind       Kind
	Department chat.DepartmentID
	Path       []chat.DepartmentID
	Agent      chat.AgentID
	Wish       chat.AgentID
	Rule       Rule
	Error      string
	Out        [][2]string
}

// fingerprint identifies what was decided.
func fingerprint(kind Kind, v Verdict) string {
	o := outcome{kind, v.Department, v.Path, v.Agent, v.Wish, v.Rule, v.Error, nil}
	if len(o.Path) == 0 {
		o.Path = nil // as it comes back from storage
	}
	for _, r := range v.Rulings {
		o.Out = append(o.Out, [2]string{string(r.Agent), string(r.Out)})
	}
	b, err := json.Marshal(o)
	if err != nil {
		panic(err) // strings only
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// idle reports whether the decision changed nothing about who serves: the chat waits
// on, or was refused.
func (v Verdict) idle() bool { return v.Agent == "" }

// packFrom is the length from which an account is compressed; a large team's
// facts shrink to a tenth.
const packFrom = 600

// packed marks a compressed account: what is not begins with a brace.
const packed = "z:"

var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // the level exists
	return w
}}

func (a account) pack() (string, error) {
	b, err := json.Marshal(a)
	if err != nil || len(b) < packFrom {
		return string(b), err
	}
	var small bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&small)
	if _, err := w.Write(b); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return packed + base64.StdEncoding.EncodeToString(small.Bytes()), nil
}

// unpack reads an account; an empty text, from before accounts were kept, is none.
func unpack(text string) (a account, err error) {
	if text == "" {
		return a, nil
	}
	b := []byte(text)
	if coded, ok := strings.CutPrefix(text, packed); ok {
		small, err := base64.StdEncoding.DecodeString(coded)
		if err != nil {
			return a, err
		}
		if b, err = io.ReadAll(flate.NewReader(bytes.NewReader(small))); err != nil {
			return a, err
		}
	}
	return a, json.Unmarshal(b, &a)
}
