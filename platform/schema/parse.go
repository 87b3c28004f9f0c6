package schema

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxDepth is how deeply objects and arrays may be nested.
const MaxDepth = 64

// What Parse refuses.
var (
	ErrSyntax    = errors.New("not valid JSON")
	ErrUTF8      = errors.New("not valid UTF-8")
	ErrNUL       = errors.New("contains a NUL character")
	ErrDepth     = errors.New("nested too deeply")
	ErrDuplicate = errors.New("contains a key twice")
)

// Parse reads exactly one JSON value. It is stricter than encoding/json: no key
// twice in an object, no NUL characters, valid UTF-8, bounded depth.
func Parse(text []byte) (Value, error) {
	if !utf8.Valid(text) {
		return Value{}, ErrUTF8
	}
	p := parser{b: text}
	p.space()
	v, err := p.value(0)
	if err != nil {
		return Value{}, err
	}
	if p.space(); p.i != len(p.b) {
		return Value{}, ErrSyntax
	}
	return v, nil
}

type parser struct {
	b []byte
	i int
}

func (p *parser) space() {
	for p.i < len(p.b) {
		switch p.b[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.i < len(p.b) {
		return p.b[p.i]
	}
	return 0
}

func (p *parser) value(depth int) (v Value, err error) {
	start, c := p.i, p.peek()
	if depth >= MaxDepth && (c == '{' || c == '[') {
		return v, ErrDepth
	}
	switch c {
	case '{':
		v.Kind = Object
		v.Members, err = p.object(depth)
	case '[':
		v.Kind = Array
		v.Items, err = p.array(depth)
	case '"':
		v.Kind = String
		v.Text, err = p.string()
	case 't':
		v.Kind, err = Boolean, p.word("true")
	case 'f':
		v.Kind, err = Boolean, p.word("false")
	case 'n':
		v.Kind, err = Null, p.word("null")
	default:
		v.Kind, err = Number, p.number()
	}
	v.Raw = p.b[start:p.i]
	return v, err
}

func (p *parser) word(w string) error {
	if !bytes.HasPrefix(p.b[p.i:], []byte(w)) {
		return ErrSyntax
	}
	p.i += len(w)
	return nil
}

func (p *parser) object(depth int) (members []Member, err error) {
	seen := names{}
	err = p.each('}', func() error {
		m, err := p.member(depth)
		if err == nil && !seen.add(m.Name, members) {
			err = ErrDuplicate
		}
		members = append(members, m)
		return err
	})
	return members, err
}

func (p *parser) member(depth int) (m Member, err error) {
	if p.peek() != '"' {
		return m, ErrSyntax
	}
	if m.Name, err = p.string(); err != nil {
		return m, err
	}
	if p.space(); p.peek() != ':' {
		return m, ErrSyntax
	}
	p.i++
	p.space()
	m.Value, err = p.value(depth + 1)
	return m, err
}

func (p *parser) array(depth int) (items []Value, err error) {
	err = p.each(']', func() error {
		v, err := p.value(depth + 1)
		items = append(items, v)
		return err
	})
	return items, err
}

// each parses the elements between the bracket it stands on and last.
func (p *parser) each(last byte, element func() error) error {
	p.i++
	if p.space(); p.peek() == last {
		p.i++
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		p.space()
		switch p.peek() {
		case ',':
			p.i++
			p.space()
		case last:
			p.i++
			return nil
		default:
			return ErrSyntax
		}
	}
}

// names notices a name that comes twice; small objects need no map.
type names struct{ set map[string]bool }

func (n *names) add(name string, before []Member) bool {
	if len(before) < 16 {
		for i := range before {
			if before[i].Name == name {
				return false
			}
		}
		return true
	}
	if n.set == nil {
		n.set = make(map[string]bool, 2*len(before))
		for i := range before {
			n.set[before[i].Name] = true
		}
	}
	if n.set[name] {
		return false
	}
	n.set[name] = true
	return true
}

// number steps over a number of JSON's grammar.
func (p *parser) number() error {
	if p.peek() == '-' {
		p.i++
	}
	if p.peek() == '0' {
		p.i++
	} else if p.digits() == 0 {
		return ErrSyntax
	}
	if p.peek() == '.' {
		p.i++
		if p.digits() == 0 {
			return ErrSyntax
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.i++
		if c := p.peek(); c == '+' || c == '-' {
			p.i++
		}
		if p.digits() == 0 {
			return ErrSyntax
		}
	}
	return nil
}

func (p *parser) digits() (n int) {
	for ; p.peek() >= '0' && p.peek() <= '9'; p.i++ {
		n++
	}
	return n
}

func (p *parser) string() (string, error) {
	start := p.i + 1
	for p.i = start; p.i < len(p.b); p.i++ {
		switch c := p.b[p.i]; {
		case c == '"':
			p.i++
			return string(p.b[start : p.i-1]), nil
		case c == '\\':
			return p.escaped(start)
		case c == 0:
			return "", ErrNUL
		case c < ' ':
			return "", ErrSyntax
		}
	}
	return "", ErrSyntax
}

// escaped reads the rest of a string, from its first backslash.
func (p *parser) escaped(start int) (string, error) {
	var out strings.Builder
	out.Write(p.b[start:p.i])
	for p.i < len(p.b) {
		c := p.b[p.i]
		p.i++
		switch {
		case c == '"':
			return out.String(), nil
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out.WriteRune(r)
		case c == 0:
			return "", ErrNUL
		case c < ' ':
			return "", ErrSyntax
		default:
			out.WriteByte(c)
		}
	}
	return "", ErrSyntax
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape() (rune, error) {
	if p.i == len(p.b) {
		return 0, ErrSyntax
	}
	c := p.b[p.i]
	p.i++
	if r, ok := escapes[c]; ok {
		return r, nil
	}
	if c != 'u' {
		return 0, ErrSyntax
	}
	r, err := p.hex()
	if err != nil || !utf16.IsSurrogate(r) {
		return r, err
	}
	return p.pair(r)
}

// pair completes a surrogate. Half a pair is no character; browsers send one when
// text is cut inside an emoji, so it becomes U+FFFD as in encoding/json.
func (p *parser) pair(high rune) (rune, error) {
	at := p.i
	if bytes.HasPrefix(p.b[p.i:], []byte(`\u`)) {
		p.i += 2
		low, err := p.hex()
		if err != nil {
			return 0, err
		}
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			return r, nil
		}
	}
	p.i = at
	return utf8.RuneError, nil
}

func (p *parser) hex() (rune, error) {
	if p.i+4 > len(p.b) {
		return 0, ErrSyntax
	}
	n, err := strconv.ParseUint(string(p.b[p.i:p.i+4]), 16, 16)
	if err != nil {
		return 0, ErrSyntax
	}
	if n == 0 {
		return 0, ErrNUL
	}
	p.i += 4
	return rune(n), nil
}
