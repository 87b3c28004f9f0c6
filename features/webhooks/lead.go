package webhooks

import (
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/foyerchat/foyer/chat"
)

// The most a pattern of an administrator may cost: it runs on what visitors write.
const (
	matchWithin = 50 * time.Millisecond
	matchText   = 5000 // characters
	mostMatches = 20
)

func init() { regexp2.SetTimeoutCheckPeriod(10 * time.Millisecond) }

// lead is what a message tells about its visitor.
type lead struct{ mails, numbers []string }

func (l lead) empty() bool { return len(l.mails)+len(l.numbers) == 0 }

// patterns keeps the two expressions compiled.
type patterns struct {
	mu           sync.Mutex
	mail, number pattern
}

type pattern struct {
	text string
	re   *regexp2.Regexp // nil: matches nothing
}

// find applies both expressions to a text (webhooks.md 1.10).
func (p *patterns) find(set *chat.Settings, text string, log *slog.Logger) lead {
	if !tells(text) {
		return lead{}
	}
	p.mu.Lock()
	p.mail.compile(set.LeadEmailPattern, regexp2.ECMAScript|regexp2.IgnoreCase, log)
	p.number.compile(set.LeadPhonePattern, regexp2.ECMAScript, log)
	mail, number := p.mail.re, p.number.re
	p.mu.Unlock()
	text = head(text, matchText)
	return lead{keep(matches(mail, text), "@"), keep(matches(number, text), digits)}
}

const digits = "0123456789"

// tells reports whether a text may have an address or a number in it, whatever the expressions are.
func tells(text string) bool { return strings.ContainsAny(text, "@"+digits) }

// keep leaves out what is no address without its @, and no number without a digit.
func keep(found []string, any string) []string {
	return slices.DeleteFunc(found, func(s string) bool { return !strings.ContainsAny(s, any) })
}

// compile notes a mistake once; it then matches nothing.
func (p *pattern) compile(text string, o regexp2.RegexOptions, log *slog.Logger) {
	if p.text == text {
		return
	}
	p.text, p.re = text, nil
	if text == "" {
		return
	}
	re, err := regexp2.Compile(text, o)
	if err != nil {
		log.Error("a pattern of lead capture is no expression and finds nothing", "err", err)
		return
	}
	re.MatchTimeout = matchWithin
	p.re = re
}

// matches lists what an expression finds, each once; out of time is no match.
func matches(re *regexp2.Regexp, text string) (found []string) {
	if re == nil {
		return nil
	}
	m, err := re.FindStringMatch(text)
	for ; err == nil && m != nil && len(found) < mostMatches; m, err = re.FindNextMatch(m) {
		if s := strings.TrimSpace(m.String()); s != "" && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	if err != nil {
		return nil
	}
	return found
}

// head is the first n characters of a text.
func head(text string, n int) string {
	count := 0
	for i := range text {
		if count == n {
			return text[:i]
		}
		count++
	}
	return text
}
